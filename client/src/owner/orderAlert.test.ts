import type { OwnerAlert } from '@commonsight/types/alert';
import { type AlertAct, alertOrderSchema, alertReceiptText, type AlertState } from '@commonsight/types/relay/alert';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromBase64url, toBase64url } from '../encoding/base64url.ts';
import { makeKeyPair, type OwnerKey } from './ownerKey.ts';
import { orderAlert } from './orderAlert.ts';

const relayId = '0192f0c1-0000-7000-8000-000000000001';
const id = '0192f0c1-0000-7000-8000-000000000002';
const at = '2026-01-05T10:00:00.000Z';

const told: AlertState = {
  id,
  isTest: false,
  trigger: 'owner',
  stage: 'arming',
  leftMs: 5_000,
  sharedMs: 0,
  mayExtend: false,
  end: null,
  endedMsAgo: null,
};
const alert: OwnerAlert = {
  id,
  isTest: false,
  trigger: 'owner',
  stage: 'arming',
  begunAt: at,
  sharedAt: null,
  until: at,
  leftMs: 5_000,
  mayExtend: false,
  endedAt: null,
  end: null,
};

interface Handed {
  relayId: string;
  signed?: { order: string; signature: string };
}

let key: OwnerKey;
let sign: (text: string) => Promise<string>;
/** What the server answers to an order, in this order; the last one again and again. */
let answers: ((order: string) => Promise<Response> | Response)[];
let orders: string[];

beforeEach(async () => {
  const relay = await makeKeyPair();
  const owner = await makeKeyPair();
  key = { relayId, ...owner, relayKey: relay.publicKey };
  sign = async (text) => {
    const bytes = new TextEncoder().encode(text);
    return toBase64url(new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, relay.privateKey, bytes)));
  };
  [answers, orders] = [[], []];
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    const { signed } = JSON.parse(body) as Handed;
    if (path.endsWith('/challenge')) return Response.json({ challenge: `${orders.length}`.padEnd(43, 'c') });
    orders.push(signed?.order ?? '');
    const answer = answers[Math.min(orders.length, answers.length) - 1];
    return answer?.(signed?.order ?? '');
  });
});
afterEach(() => vi.unstubAllGlobals());

const order = (act: AlertAct = 'start') => orderAlert('secret', key, act);
const good =
  (shown: { alert: OwnerAlert | null; told: AlertState | null } = { alert, told }, signedAs = shown.told) =>
  async (of: string) =>
    Response.json({ ...shown, receipt: await sign(alertReceiptText({ relayId, order: of, alert: signedAs })) });
const refusal = (code: string, status: number) => () =>
  Response.json({ error: { code, message: `It is ${code}.` } }, { status });

describe('ALE4 an order in the browser', () => {
  it('is signed for the relay and its challenge, and shows what the relay has signed', async () => {
    const later = { ...alert, stage: 'sharing' as const, leftMs: 99 };
    answers = [good({ alert: later, told })];
    expect(await order()).toEqual({ state: 'done', alert });
    const [text = ''] = orders;
    const bytes = fromBase64url(text);
    const read = alertOrderSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    expect(read).toMatchObject({ relayId, act: 'start', challenge: '0'.padEnd(43, 'c') });
  });

  it('to end what does not run is done when the relay has signed that', async () => {
    answers = [good({ alert: null, told: null })];
    expect(await order('end')).toEqual({ state: 'done', alert: null });
  });

  it.each([
    ['another state than is shown', () => good({ alert, told }, { ...told, leftMs: 1 })],
    ['that there is none', () => good({ alert, told }, null)],
    ['another alert', () => good({ alert: { ...alert, id: relayId }, told })],
    ['that it runs, while the server shows its end', () => good({ alert: { ...alert, endedAt: at }, told })],
    ['nothing', () => () => Response.json({ alert, told, receipt: 'c2ln' })],
  ])('does not believe an answer of which the relay has signed %s', async (_what, answer) => {
    answers = [answer()];
    expect(await order()).toMatchObject({
      state: 'failed',
      isUnknown: true,
      problem: expect.stringContaining('not come from your relay'),
    });
  });

  it('that another one has made void is signed once more when it ends, and never when it begins', async () => {
    answers = [refusal('notPermitted', 403), good({ alert: null, told: null })];
    expect(await order('end')).toMatchObject({ state: 'done' });
    expect(new Set(orders).size).toBe(2);
    for (const [act, count] of [
      ['end', 2],
      ['start', 1],
      ['test', 1],
      ['extend', 1],
    ] as const) {
      orders = [];
      answers = [refusal('notPermitted', 403)];
      expect(await order(act)).toMatchObject({
        state: 'failed',
        isUnknown: act === 'start',
        problem: 'It is notPermitted.',
      });
      expect(orders).toHaveLength(count);
    }
  });

  it.each([
    ['times out', refusal('timedOut', 504)],
    ['is said to be away', refusal('relayOffline', 503)],
    ['fails', refusal('internal', 500)],
    ['is not heard', () => Promise.reject(new TypeError('failed'))],
  ])('may have come to something when the answer %s', async (_what, answer) => {
    answers = [answer];
    expect(await order()).toMatchObject({
      state: 'failed',
      isUnknown: true,
      problem: expect.stringContaining('may have reached it'),
    });
  });

  it('that does not fit comes to nothing, and says why', async () => {
    answers = [refusal('conflict', 409)];
    expect(await order('extend')).toMatchObject({ state: 'failed', isUnknown: false, problem: 'It is conflict.' });
  });

  it('has changed nothing when there was no challenge', async () => {
    vi.stubGlobal('fetch', async () => refusal('relayOffline', 503)());
    expect(await order()).toMatchObject({
      state: 'failed',
      isUnknown: false,
      problem: expect.stringContaining('nothing was changed'),
    });
  });
});
