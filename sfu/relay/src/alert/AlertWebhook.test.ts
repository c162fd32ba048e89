import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RelayError } from '../errors.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { AlertWebhook } from './AlertWebhook.ts';
import { openWebhook } from './openWebhook.ts';
import { webhookAnswerText, webhookText } from './TriggerRequests.ts';
import { WebhookFloor } from './WebhookFloor.ts';

const key = 'a'.repeat(64);
const startMs = Date.parse('2026-01-05T10:00:00Z');
const log = pino({ level: 'silent' });
let folder: string;
let nowMs: number;
let acts: string[];
let webhook: AlertWebhook;
let sockets: Socket[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commonsight-webhook-'));
  [nowMs, acts, sockets] = [startMs, [], []];
  webhook = await open();
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await webhook.close();
  await rm(folder, { recursive: true });
});

async function open(): Promise<AlertWebhook> {
  return AlertWebhook.open({
    address: '127.0.0.1',
    port: 0,
    key,
    floor: await WebhookFloor.open(folder, key),
    log,
    nowMs: () => nowMs,
    act: (act) => {
      acts.push(act);
      if (act === 'test') throw new RelayError('conflict', 'An alert runs.');
    },
  });
}

/** As after a start of the relay: with what is on its disk and nothing else. */
async function restart(): Promise<void> {
  await webhook.close();
  webhook = await open();
}

interface Call {
  body?: string;
  atMs?: number;
  nonce?: string;
  signedWith?: string;
  signedBody?: string;
}

function post({ body = '{"act":"start"}', atMs = startMs, nonce = 'n'.repeat(16), ...signed }: Call = {}) {
  const timestamp = String(Math.floor(atMs / 1_000));
  const text = webhookText({ timestamp, nonce, body: signed.signedBody ?? body });
  return fetch(`http://127.0.0.1:${webhook.port}/alert`, {
    method: 'POST',
    headers: {
      'x-commonsight-timestamp': timestamp,
      'x-commonsight-nonce': nonce,
      'x-commonsight-signature': hmacOf(text, signed.signedWith ?? key),
    },
    body,
  });
}
const call = async (of?: Call) => (await post(of)).status;
const hmacOf = (text: string, by = key) => createHmac('sha256', by).update(text).digest('hex');
const newNonce = () => randomBytes(16).toString('hex');

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
  for (const one of wrong) statuses.push(await call(one));
  expect(statuses).toEqual(wrong.map(() => 403));
  const bare = await fetch(`http://127.0.0.1:${webhook.port}/alert`, { method: 'POST', body: '{"act":"start"}' });
  expect(bare.status).toBe(403);
  expect((await fetch(`http://127.0.0.1:${webhook.port}/`)).status).toBe(404);
  expect(acts).toEqual([]);
});

it('ALE5 a body without end is not read for long', async () => {
  const socket = connect(webhook.port, '127.0.0.1');
  sockets.push(socket);
  // What is written after the end breaks off.
  socket.on('error', () => {});
  socket.write(`POST /alert HTTP/1.1\r\nhost: relay\r\ntransfer-encoding: chunked\r\n\r\n`);
  const piece = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
  const writeOn = (error?: Error | null): void => void (error ?? socket.write(piece, writeOn));
  const closed = new Promise((resolve) => void socket.once('close', resolve));
  writeOn();
  await closed;
  expect(await call()).toBe(204);
});

it('ALE5 says when an act does not fit', async () => {
  expect(await call({ body: '{"act":"test"}' })).toBe(409);
});

it('ALE5 answers are signed for who can check them, and for nobody else', async () => {
  const nonce = newNonce();
  const taken = await post({ nonce });
  expect(taken.headers.get('x-commonsight-answer')).toBe(hmacOf(webhookAnswerText({ nonce, status: 204 })));
  const again = await post({ nonce });
  expect(again.headers.get('x-commonsight-answer')).toBe(hmacOf(webhookAnswerText({ nonce, status: 403 })));
  const stranger = await post({ nonce, signedWith: 'b'.repeat(64) });
  expect([stranger.status, stranger.headers.get('x-commonsight-answer')]).toEqual([403, null]);
});

describe('ALE5 what was captured', () => {
  it('is not good again when the clock is set back', async () => {
    expect(await call()).toBe(204);
    nowMs = startMs + 3_600_000;
    expect(await call({ atMs: nowMs, nonce: 'm'.repeat(16) })).toBe(204);
    nowMs = startMs;
    expect(await call()).toBe(403);
  });

  it('is not good again after restarts, at the same time and with the clock set back', async () => {
    const captured: Call[] = [0, 30_000, 3_600_000].map((afterMs) => ({ atMs: startMs + afterMs, nonce: newNonce() }));
    for (const one of captured) {
      nowMs = one.atMs ?? 0;
      expect(await call(one)).toBe(204);
    }
    for (let time = 0; time < 2; time += 1) {
      await restart();
      for (const one of captured) {
        nowMs = one.atMs ?? 0;
        expect(await call(one)).toBe(403);
      }
    }
    expect(acts).toHaveLength(captured.length);
    expect(await call({ atMs: nowMs + 1_000, nonce: newNonce() })).toBe(204);
  });

  it('is not good again when its clock was ahead of the relay’s', async () => {
    const ahead: Call = { atMs: startMs + 59_000, nonce: newNonce() };
    expect(await call(ahead)).toBe(204);
    await restart();
    nowMs = startMs + 30_000;
    expect(await call(ahead)).toBe(403);
  });

  it('is nothing to another key, and a damaged file is said', async () => {
    expect(await call()).toBe(204);
    expect((await WebhookFloor.open(folder, key)).atStart).toBe(startMs / 1_000);
    expect((await WebhookFloor.open(folder, 'b'.repeat(64))).atStart).toBe(0);
    await writePrivateFile(join(folder, 'alert-webhook.json'), '{"seconds":0}');
    await expect(WebhookFloor.open(folder, key)).rejects.toThrow('is damaged');
  });

  it('is still taken when it cannot be written down', async () => {
    await webhook.close();
    const floor = { atStart: 0, raise: () => Promise.reject(new Error('The disk is full.')) };
    webhook = await AlertWebhook.open({
      address: '127.0.0.1',
      port: 0,
      key,
      floor,
      log,
      nowMs: () => nowMs,
      act: (act) => acts.push(act),
    });
    expect(await call()).toBe(204);
    expect(acts).toEqual(['start']);
  });
});

it('ALE5 strangers who connect and say nothing silence no trigger', async () => {
  // As many as fit, from addresses of their own, and more of one of them.
  for (let at = 0; at < 200; at += 1) {
    const localAddress = at < 100 ? `127.0.1.${at + 1}` : '127.0.0.1';
    const socket = connect({ host: '127.0.0.1', port: webhook.port, localAddress });
    // Those that have to give way are reset.
    socket.on('error', () => undefined);
    sockets.push(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
  }
  expect(await call()).toBe(204);
  // Requests that are begun and never ended are idle too.
  for (const socket of sockets) socket.write('POST /alert HTTP/1.1\r\nhost: relay\r\ncontent-length: 9\r\n\r\n');
  expect(await call({ nonce: newNonce() })).toBe(204);
});

describe('ALE5 the relay', () => {
  const alerts = { act: () => null };
  const listen = { address: '127.0.0.1', port: 0 };
  const keyFile = () => join(folder, 'alert-webhook.key');

  it('hears nothing without an address, and says what its key file lacks', async () => {
    expect(await openWebhook({ folder, listen: null, alerts, log })).toBeNull();
    const opening = () => openWebhook({ folder, listen, alerts, log });
    await expect(opening()).rejects.toThrow('there is no key');
    for (const text of ['', '\n', 'a'.repeat(63)]) {
      await writePrivateFile(keyFile(), text);
      await expect(opening()).rejects.toThrow('holds no key');
    }
    await rm(keyFile());
    await writeFile(keyFile(), key, { mode: 0o644 });
    await expect(opening()).rejects.toThrow('chmod 600');
  });

  it('goes on without an address that is not up, and hears at one that is', async () => {
    await writePrivateFile(keyFile(), `${key}\n`);
    const away = await openWebhook({ folder, listen: { address: '192.0.2.1', port: 7_900 }, alerts, log });
    expect(away?.port).toBeUndefined();
    await away?.close();
    const heard = await openWebhook({ folder, listen, alerts, log });
    expect(heard?.port).toBeGreaterThan(0);
    await heard?.close();
  });
});
