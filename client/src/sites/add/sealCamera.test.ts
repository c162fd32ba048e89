import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, OpenError } from '@hpke/core';
import {
  encapsulatedKeyBytes,
  newCameraSchema,
  sealedCameraSchema,
  sealingInfo,
} from '@commonsight/types/relay/camera-entry';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../encoding/base64url.ts';
import { fingerprintOf, sealCamera } from './sealCamera.ts';

const relayId = '0196e4f1-6b6a-7c3e-8d2f-1a2b3c4d5e6f';
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const entry = {
  at: { by: 'hand' as const, host: '10.0.0.7', port: 554, streams: { main: '/live' } },
  username: 'viewer',
  password: 'correct horse',
  transport: 'auto' as const,
};

async function relayKey() {
  const { privateKey, publicKey } = await suite.kem.generateKeyPair();
  return { privateKey, sealingPoint: toBase64url(new Uint8Array(await suite.kem.serializePublicKey(publicKey))) };
}

function open(sealed: string, recipientKey: CryptoKey, id: string): Promise<ArrayBuffer> {
  const bytes = fromBase64url(sealed);
  const enc = bytes.slice(0, encapsulatedKeyBytes).buffer;
  return suite.open({ recipientKey, enc, info: sealingInfo(id).buffer }, bytes.slice(encapsulatedKeyBytes).buffer);
}

test('what is sealed holds neither address nor password, and the relay alone opens it', async () => {
  const { privateKey, sealingPoint } = await relayKey();
  const sealedAt = new Date('2026-11-28T10:00:00Z');
  const sealed = await sealCamera(entry, { relayId, sealingPoint }, sealedAt);
  expect(sealedCameraSchema.safeParse(sealed).success).toBe(true);
  for (const secret of ['correct horse', '10.0.0.7', 'viewer']) {
    expect(new TextDecoder('latin1').decode(fromBase64url(sealed))).not.toContain(secret);
  }
  const opened: unknown = JSON.parse(new TextDecoder().decode(await open(sealed, privateKey, relayId)));
  expect(newCameraSchema.parse(opened)).toEqual({ ...entry, sealedAt: sealedAt.toISOString() });
  await expect(open(sealed, (await relayKey()).privateKey, relayId)).rejects.toThrow(OpenError);
  await expect(open(sealed, privateKey, relayId.replace('0196', '0197'))).rejects.toThrow(OpenError);
});

test('how long a password is does not show in what is sealed', async () => {
  const { sealingPoint } = await relayKey();
  const lengths = await Promise.all(
    ['', 'p', 'correct horse', 'ü'.repeat(20)].map(
      async (password) => (await sealCamera({ ...entry, password }, { relayId, sealingPoint }, new Date())).length,
    ),
  );
  expect(new Set(lengths).size).toBe(1);
});

test('the same camera is sealed differently each time', async () => {
  const { sealingPoint } = await relayKey();
  const at = new Date();
  const [one, other] = await Promise.all([1, 2].map(() => sealCamera(entry, { relayId, sealingPoint }, at)));
  expect(one).not.toBe(other);
});

test('another key has another fingerprint of eight groups', async () => {
  const [one, other] = [await relayKey(), await relayKey()];
  const fingerprint = await fingerprintOf(one.sealingPoint);
  expect(fingerprint).toMatch(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/);
  expect(await fingerprintOf(other.sealingPoint)).not.toBe(fingerprint);
});
