import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { type StillRequest, stillInfo } from '@commonsight/types/relay/still';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Seals a picture for the browser that has asked for it: the encapsulated key and the ciphertext, in base64url. */
export async function sealStill(jpeg: Buffer, request: StillRequest): Promise<string> {
  const point = new Uint8Array(Buffer.from(request.sealingPoint, 'base64url'));
  const recipientPublicKey = await suite.kem.deserializePublicKey(point.buffer);
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: stillInfo(request).buffer },
    new Uint8Array(jpeg).buffer,
  );
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('base64url');
}
