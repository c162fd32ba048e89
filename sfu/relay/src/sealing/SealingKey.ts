import { createHash, type webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import {
  encapsulatedKeyBytes,
  type NewCamera,
  newCameraSchema,
  sealedCameraLifeMs,
  sealingInfo,
} from '@commonsight/types/relay/camera-entry';
import { explainIssues } from '@commonsight/types/link';
import { z } from 'zod';
import { RelayError } from '../errors.ts';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

const fileName = 'sealing.key';
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const algorithm = { name: 'ECDH', namedCurve: 'P-256' } as const;
/** The private key and its point as a JSON Web Key; no more of it is needed and nothing else is taken. */
const keySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  d: z.string(),
  x: z.string(),
  y: z.string(),
});

/** The key pair that new cameras are sealed for. Its private half never leaves the relay's folder. */
export class SealingKey {
  readonly #relayId: string;
  readonly #privateKey: webcrypto.CryptoKey;
  /** Uncompressed, in base64url. */
  readonly point: string;

  /** Makes the key when the folder has none. Throws a sentence when the file cannot be used. */
  static async open(folder: string, relayId: string): Promise<SealingKey> {
    const file = join(folder, fileName);
    const text = await readPrivateFile(file);
    if (text === undefined) {
      const made = await crypto.subtle.generateKey(algorithm, true, ['deriveBits']);
      const written = keySchema.parse(await crypto.subtle.exportKey('jwk', made.privateKey));
      await writePrivateFile(file, `${JSON.stringify(written)}\n`);
      return SealingKey.#from(written, relayId);
    }
    let key: z.output<typeof keySchema>;
    try {
      key = keySchema.parse(JSON.parse(text));
    } catch {
      // What a parser says would quote the file.
      throw new Error(`${file} holds no key. Take it away and the relay makes a new one.`);
    }
    return SealingKey.#from(key, relayId);
  }

  static async #from(key: z.output<typeof keySchema>, relayId: string): Promise<SealingKey> {
    const privateKey = await crypto.subtle.importKey('jwk', key, algorithm, true, ['deriveBits']);
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')]);
    return new SealingKey(relayId, privateKey, point.toString('base64url'));
  }

  private constructor(relayId: string, privateKey: webcrypto.CryptoKey, point: string) {
    this.#relayId = relayId;
    this.#privateKey = privateKey;
    this.point = point;
  }

  /** Eight groups that two people can compare: the first half of the point's SHA-256 in hexadecimal. */
  get fingerprint(): string {
    const digest = createHash('sha256').update(Buffer.from(this.point, 'base64url')).digest('hex');
    return (digest.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
  }

  /** Throws `badRequest` with a sentence that quotes nothing of what was sealed. */
  async open(sealed: string, nowMs: number): Promise<NewCamera> {
    const bytes = new Uint8Array(Buffer.from(sealed, 'base64url'));
    let content: unknown;
    try {
      const opened = await suite.open(
        {
          recipientKey: this.#privateKey,
          enc: bytes.slice(0, encapsulatedKeyBytes).buffer,
          info: sealingInfo(this.#relayId).buffer,
        },
        bytes.slice(encapsulatedKeyBytes).buffer,
      );
      content = JSON.parse(Buffer.from(opened).toString('utf8'));
    } catch (error) {
      throw new RelayError('badRequest', 'What was sealed cannot be opened. Load the page again and seal it anew.', {
        cause: error,
      });
    }
    const camera = newCameraSchema.safeParse(content);
    if (!camera.success) throw new RelayError('badRequest', explainIssues(camera.error).slice(0, 300));
    if (Math.abs(nowMs - Date.parse(camera.data.sealedAt)) > sealedCameraLifeMs) {
      throw new RelayError('badRequest', 'What was sealed is too old, or a clock is wrong. Seal it anew.');
    }
    return camera.data;
  }
}
