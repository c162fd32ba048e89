import { type KeyObject, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { type GrantClaims, type SignedGrant, grantSignatureContext } from '@commonsight/types/relay/signed-grant';
import { readOrMakeSecretFile } from '../keys.ts';

/** Signs grants with the key that relays pin at enrolment. Losing the key file means enrolling every relay again. */
export class GrantSigner {
  readonly #privateKey: KeyObject;
  /** SPKI DER in base64url. */
  readonly publicKey: string;

  private constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey;
    this.publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64url');
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<GrantSigner> {
    const pem = await readOrMakeSecretFile(join(dataDir, 'keys', 'grant-signing.pem'), () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    );
    return new GrantSigner(createPrivateKey(pem));
  }

  sign(claims: GrantClaims): SignedGrant {
    const text = JSON.stringify(claims);
    const signature = sign(null, Buffer.from(grantSignatureContext + text), this.#privateKey);
    return { claims: Buffer.from(text).toString('base64url'), signature: signature.toString('base64url') };
  }
}
