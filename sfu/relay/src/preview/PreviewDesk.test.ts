import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { type PreviewOrder, previewMs, previewSignatureContext } from '@commonsight/types/relay/preview';
import { canonicalBytes } from 'commonsight-verify/entry';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ownerKeysOf, type State } from '../sharing/Sharing.ts';
import type { PreviewRequest } from '../streams/Streams.ts';
import { PreviewDesk } from './PreviewDesk.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const cameraId = '019b8d3c-0000-7000-8000-000000000002';
const [owner, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const description = {
  srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM' as const, keyBase64: 'a' },
  rtpParameters: { codecs: [] },
};
const uplink = { uplinkId: randomUUID(), address: '127.0.0.1', port: 1, srtpParameters: description.srtpParameters };

let state: State;
let mayBeSeen: boolean;
let running: Map<string, PreviewRequest>;
let told: string[];
let desk: PreviewDesk;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  const ownerKeys = [owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url')];
  state = { is: 'paired', ownerKeys, document: null, signed: null };
  [mayBeSeen, running, told] = [true, new Map(), []];
  desk = new PreviewDesk({
    relayId,
    sharing: {
      judge: () => ({ mayBeSeen, mode: 'always', until: null, sentence: 'The owner does not share this camera now.' }),
      get ownerKeys() {
        return ownerKeysOf(state);
      },
    },
    streams: {
      startPreview: async (request) => {
        running.set(request.previewId, request);
        return description;
      },
      stopPreview: async (previewId) => void running.delete(previewId),
    },
    log: pino({ level: 'silent' }),
    tell: (previewId, reason) => void told.push(`${previewId} ${reason}`),
  });
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

const prepare = async () => (await desk.handlers['preview:prepare']({})).challenge;

function signed(order: Partial<PreviewOrder>, by: KeyObject = owner.privateKey) {
  const bytes = canonicalBytes({
    format: 'commonsight-preview-1',
    relayId,
    cameraId,
    kind: 'sub',
    isBeyondSharing: false,
    ...order,
  });
  const signature = sign(null, Buffer.concat([Buffer.from(previewSignatureContext), bytes]), by);
  return { order: Buffer.from(bytes).toString('base64url'), signature: signature.toString('base64url') };
}

async function start(order: Partial<PreviewOrder> = {}, by?: KeyObject): Promise<string> {
  const previewId = randomUUID();
  const envelope = signed({ challenge: await prepare(), ...order }, by);
  await desk.handlers['preview:start']({ signed: envelope, previewId, streamId: randomUUID(), uplink });
  return previewId;
}

it('PRV1 takes the order of an owner, for this relay, once and within seconds', async () => {
  const previewId = await start();
  expect(running.get(previewId)).toMatchObject({ cameraId, kind: 'sub', isBeyondSharing: false });
  await expect(start({}, stranger.privateKey)).rejects.toMatchObject({ code: 'notPermitted' });
  await expect(start({ relayId: randomUUID() })).rejects.toThrow('for another relay');
  await expect(start({ challenge: 'c'.repeat(43) })).rejects.toThrow('too late, was used before');
  const challenge = await prepare();
  await start({ challenge });
  await expect(start({ challenge })).rejects.toThrow('too late, was used before');
  const old = await prepare();
  vi.advanceTimersByTime(15_000);
  await expect(start({ challenge: old })).rejects.toThrow('too late, was used before');
});

it('PRV1 is nobody’s while no owner is paired', async () => {
  state = { is: 'unpaired' };
  await expect(start()).rejects.toMatchObject({ code: 'notPermitted' });
  expect(running.size).toBe(0);
});

it('PRV1 ends by itself after its time, and says so', async () => {
  const previewId = await start();
  await vi.advanceTimersByTimeAsync(previewMs - 1);
  expect(running.has(previewId)).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(running.has(previewId)).toBe(false);
  expect(told).toEqual([`${previewId} time`]);
});

it('PRV1 ends when the owner is gone and when the server has lost its link, and three run at most', async () => {
  await Promise.all([start(), start(), start()]);
  await expect(start()).rejects.toMatchObject({ code: 'tooManyRequests' });
  desk.connected();
  await vi.waitFor(() => expect(running.size).toBe(0));
  await start();
  state = { is: 'damaged' };
  desk.heed();
  await vi.waitFor(() => expect(running.size).toBe(0));
  expect(told).toEqual([]);
});

it('PRV3 what is not shared needs a word of its own, which holds while it is not shared', async () => {
  mayBeSeen = false;
  await expect(start()).rejects.toMatchObject({ code: 'notShared' });
  const beyond = await start({ isBeyondSharing: true });
  expect(running.get(beyond)?.isBeyondSharing).toBe(true);
  mayBeSeen = true;
  const shared = await start({ isBeyondSharing: true });
  expect(running.get(shared)?.isBeyondSharing).toBe(false);
});
