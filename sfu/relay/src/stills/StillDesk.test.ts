import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { encapsulatedKeyBytes } from '@commonsight/types/relay/camera-entry';
import {
  sealedStillSchema,
  type SignedStillRequest,
  type StillRequest,
  stillInfo,
  stillReceiptText,
  stillSignatureContext,
} from '@commonsight/types/relay/still';
import { canonicalBytes } from 'commonsight-verify/entry';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CameraError } from '../rtsp/CameraError.ts';
import { DigestMemory } from '../rtsp/SignInRule.ts';
import { ownerKeysOf, type State } from '../sharing/Sharing.ts';
import { StillDesk } from './StillDesk.ts';

const relayId = '019b8d3c-0000-7000-8000-000000000001';
const cameraId = '019b8d3c-0000-7000-8000-000000000002';
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const owner = generateKeyPairSync('ed25519');
const ownerKey = owner.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
const device = generateKeyPairSync('ed25519');
const jpeg = Buffer.from('a picture of the yard');
let folder: string;
let state: State;
/** What taking a still gives. */
let take: () => Promise<Buffer>;
let desk: StillDesk;
/** The browser's, for one still. */
let pair: Awaited<ReturnType<typeof suite.kem.generateKeyPair>>;
let sealingPoint: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stills-'));
  const cameras = { [cameraId]: { host: '127.0.0.1', streams: { sub: '/sub' } } };
  await writeFile(join(folder, 'cameras.json'), JSON.stringify({ cameras }), { mode: 0o600 });
  state = { is: 'paired', ownerKeys: [ownerKey], document: null, signed: null };
  take = () => Promise.resolve(jpeg);
  desk = openDesk();
  pair = await suite.kem.generateKeyPair();
  sealingPoint = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('base64url');
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

/** As after a start of the relay: with what is in its folder and nothing else. */
function openDesk(): StillDesk {
  return new StillDesk({
    folder,
    relayId,
    deviceKey: device.privateKey,
    sharing: {
      get ownerKeys() {
        return ownerKeysOf(state);
      },
    },
    rules: { isLoopbackAllowed: true, isLinkLocalAllowed: true },
    digestMemory: new DigestMemory(),
    answerTimeoutMs: 5_000,
    log: pino({ level: 'silent' }),
    take: () => take(),
  });
}

function ask(changed: Partial<StillRequest> = {}, key: KeyObject = owner.privateKey): SignedStillRequest {
  const asked = { format: 'commonsight-still-1', relayId, cameraId, kind: 'sub', sealingPoint, ...changed };
  const bytes = canonicalBytes(asked);
  const signature = sign(null, Buffer.concat([Buffer.from(stillSignatureContext), bytes]), key).toString('base64url');
  return { request: Buffer.from(bytes).toString('base64url'), signature };
}
const send = (signed: SignedStillRequest) => desk.handlers['camera:takeStill']({ signed });

async function open(sealed: string, sealedFor: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64url'));
  const opened = await suite.open(
    { recipientKey: pair.privateKey, enc: bytes.slice(0, encapsulatedKeyBytes).buffer, info: sealedFor.buffer },
    bytes.slice(encapsulatedKeyBytes).buffer,
  );
  return Buffer.from(opened);
}

describe('SHR15 a still', () => {
  test('is sealed for the browser that asked, and signed by the relay', async () => {
    const signed = ask();
    const { sealed, receipt } = await send(signed);
    expect(sealedStillSchema.parse(sealed)).toBe(sealed);
    expect(await open(sealed, stillInfo({ relayId, cameraId }))).toEqual(jpeg);
    await expect(open(sealed, stillInfo({ relayId, cameraId: relayId }))).rejects.toThrow(/./);
    const text = stillReceiptText({ request: signed.request, sealed });
    expect(verify(null, Buffer.from(text), device.publicKey, Buffer.from(receipt, 'base64url'))).toBe(true);
  });

  test('is taken for owners of now alone, for this relay and once for a request', async () => {
    let taken = 0;
    take = async () => {
      taken += 1;
      return jpeg;
    };
    const other = generateKeyPairSync('ed25519').privateKey;
    const signed = ask();
    const refused: [SignedStillRequest, string][] = [
      [ask({}, other), 'not signed by an owner'],
      [{ ...signed, request: ask({ kind: 'main' }).request }, 'not signed by an owner'],
      [ask({ relayId: cameraId }), 'for another relay'],
      [ask({ kind: 'audio' as never }), 'agreed form'],
    ];
    for (const [one, words] of refused) await expect(send(one)).rejects.toThrow(words);
    for (const nobody of [{ is: 'unpaired' }, { is: 'damaged' }] as const) {
      state = nobody;
      await expect(send(signed)).rejects.toMatchObject({ code: 'notPermitted' });
    }
    expect(taken).toBe(0);
    state = { is: 'paired', ownerKeys: [ownerKey], document: null, signed: null };
    await send(signed);
    await expect(send(signed)).rejects.toMatchObject({ code: 'conflict' });
    expect(taken).toBe(1);
  });

  test('is not taken again for a request of before a restart, and not at all when that cannot be known', async () => {
    const signed = ask();
    await send(signed);
    desk = openDesk();
    await expect(send(signed)).rejects.toMatchObject({ code: 'conflict' });
    const otherPoint = Buffer.from(sealingPoint, 'base64url').fill(7, 1).toString('base64url');
    await writeFile(join(folder, 'answered-stills.json'), '{}', { mode: 0o600 });
    desk = openDesk();
    await expect(send(ask({ sealingPoint: otherPoint }))).rejects.toThrow('answered-stills.json');
  });

  test('is one at a time, and says why there is none', async () => {
    const waiting = Promise.withResolvers<void>();
    take = async () => {
      await waiting.promise;
      throw new CameraError('unreachable');
    };
    const first = send(ask());
    const otherPoint = Buffer.from(sealingPoint, 'base64url').fill(7, 1).toString('base64url');
    await expect(send(ask({ sealingPoint: otherPoint }))).rejects.toMatchObject({ code: 'tooManyRequests' });
    waiting.resolve();
    await expect(first).rejects.toMatchObject({ code: 'mediaUnavailable', message: expect.stringContaining('Camera') });
    take = () => Promise.resolve(jpeg);
    await expect(send(ask({ cameraId: relayId, sealingPoint: otherPoint }))).rejects.toMatchObject({
      code: 'mediaUnavailable',
      message: expect.stringContaining('no address'),
    });
  });
});
