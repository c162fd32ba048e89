import { generateKeyPairSync, sign } from 'node:crypto';
import { canonicalBytes } from 'commonsight-verify/entry';

/** The keys of an owner's browser: an owner's when the relay tells its public half, else a stranger's. */
export class OwnerKeys {
  readonly #pair = generateKeyPairSync('ed25519');

  /** SPKI DER in base64url. */
  get publicKey(): string {
    return this.#pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  }

  /** Signs a value's canonical JSON behind a context; bytes as they are. */
  sign(context: string, value: unknown): { content: string; signature: string } {
    const bytes = value instanceof Uint8Array ? value : canonicalBytes(value);
    const signature = sign(null, Buffer.concat([Buffer.from(context), bytes]), this.#pair.privateKey);
    return { content: Buffer.from(bytes).toString('base64url'), signature: signature.toString('base64url') };
  }
}
