import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { newCameraSchema, sealingInfo } from '@commonsight/types/relay/camera-entry';
import type { z } from 'zod';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Seals a new camera for a relay, as the administrator's browser does. */
export async function sealCamera(
  camera: Omit<z.input<typeof newCameraSchema>, 'sealedAt'>,
  relay: { relayId: string; sealingPoint: string },
  sealedAt = new Date(),
): Promise<string> {
  return sealText(JSON.stringify({ ...camera, sealedAt: sealedAt.toISOString() }), relay);
}

/** Seals any text for a relay. */
export async function sealText(text: string, relay: { relayId: string; sealingPoint: string }): Promise<string> {
  const point = new Uint8Array(Buffer.from(relay.sealingPoint, 'base64url'));
  const recipientPublicKey = await suite.kem.deserializePublicKey(point.buffer);
  const sealed = await suite.seal(
    { recipientPublicKey, info: sealingInfo(relay.relayId).buffer },
    new TextEncoder().encode(text).buffer,
  );
  return Buffer.concat([Buffer.from(sealed.enc), Buffer.from(sealed.ct)]).toString('base64url');
}
