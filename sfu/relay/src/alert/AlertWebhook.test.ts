import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RelayError } from '../errors.ts';
import { AlertWebhook, webhookText } from './AlertWebhook.ts';

const key = 'k'.repeat(64);
const startMs = Date.parse('2026-01-05T10:00:00Z');
let nowMs: number;
let acts: string[];
let webhook: AlertWebhook;

beforeEach(async () => {
  [nowMs, acts] = [startMs, []];
  webhook = await AlertWebhook.open({
    address: '127.0.0.1',
    port: 0,
    key,
    log: pino({ level: 'silent' }),
    nowMs: () => nowMs,
    act: (act) => {
      acts.push(act);
      if (act === 'test') throw new RelayError('conflict', 'An alert runs.');
    },
  });
});
afterEach(() => webhook.close());

interface Call {
  body?: string;
  atMs?: number;
  nonce?: string;
  signedWith?: string;
  signedBody?: string;
}

async function call({ body = '{"act":"start"}', atMs = startMs, nonce = 'n'.repeat(16), ...signed }: Call = {}) {
  const timestamp = String(Math.floor(atMs / 1_000));
  const text = webhookText({ timestamp, nonce, body: signed.signedBody ?? body });
  const response = await fetch(`http://127.0.0.1:${webhook.port}/alert`, {
    method: 'POST',
    headers: {
      'x-commonsight-timestamp': timestamp,
      'x-commonsight-nonce': nonce,
      'x-commonsight-signature': createHmac('sha256', signed.signedWith ?? key)
        .update(text)
        .digest('hex'),
    },
    body,
  });
  return response.status;
}

it('ALE5 a signed trigger is taken once', async () => {
  expect(await call()).toBe(204);
  expect(await call()).toBe(403);
  expect(acts).toEqual(['start']);
});

it('ALE5 what is signed otherwise, too old, too new, changed or no act is refused', async () => {
  const wrong: Call[] = [
    { signedWith: 'x'.repeat(64) },
    { signedBody: '{"act":"end"}' },
    { atMs: startMs - 61_000 },
    { atMs: startMs + 61_000 },
    { nonce: 'short' },
    { body: '{"act":"extend"}', nonce: 'a'.repeat(16) },
    { body: 'x'.repeat(2_000), nonce: 'b'.repeat(16) },
  ];
  const statuses = [];
  for (const one of wrong) statuses.push(await call(one).catch(() => 403));
  expect(statuses).toEqual(wrong.map(() => 403));
  const bare = await fetch(`http://127.0.0.1:${webhook.port}/alert`, { method: 'POST', body: '{"act":"start"}' });
  expect(bare.status).toBe(403);
  expect((await fetch(`http://127.0.0.1:${webhook.port}/`)).status).toBe(404);
  expect(acts).toEqual([]);
});

it('ALE5 a clock that is set back replays nothing', async () => {
  expect(await call()).toBe(204);
  nowMs = startMs + 3_600_000;
  expect(await call({ atMs: nowMs, nonce: 'm'.repeat(16) })).toBe(204);
  nowMs = startMs;
  expect(await call()).toBe(403);
});

it('ALE5 says when an act does not fit', async () => {
  expect(await call({ body: '{"act":"test"}' })).toBe(409);
});
