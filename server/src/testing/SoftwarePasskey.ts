import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

const flags = { userPresent: 0x01, userVerified: 0x04, attestedCredential: 0x40 };

/** An authenticator in software: an ES256 key pair that answers a browser's ceremonies as WebAuthn says. */
export class SoftwarePasskey {
  readonly id = randomBytes(32).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  #counter = 0;
  /** Whether it asks for a finger or PIN, and says so. */
  verifiesUser = true;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The answer to registration options. */
  create({ challenge }: { challenge: string }) {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const coordinates = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')] as const;
    const key = Buffer.concat([hex('a5010203262001215820'), coordinates[0], hex('225820'), coordinates[1]]);
    const idBytes = Buffer.from(this.id, 'base64url');
    const credential = Buffer.concat([Buffer.alloc(16), hex('0020'), idBytes, key]);
    const authData = this.#authenticatorData(flags.attestedCredential, credential);
    const attestationObject = Buffer.concat([
      hex('a363'),
      Buffer.from('fmt'),
      hex('64'),
      Buffer.from('none'),
      hex('67'),
      Buffer.from('attStmt'),
      hex('a068'),
      Buffer.from('authData'),
      hex('58'),
      Buffer.from([authData.length]),
      authData,
    ]);
    return this.#answer({
      clientDataJSON: this.#clientText('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** The answer to authentication options. */
  get({ challenge }: { challenge: string }) {
    const authenticatorData = this.#authenticatorData(0, Buffer.alloc(0));
    const clientText = this.#clientText('webauthn.get', challenge);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientText).digest()]);
    return this.#answer({
      clientDataJSON: clientText.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: createSign('SHA256').update(signed).sign(this.#keys.privateKey).toString('base64url'),
    });
  }

  #answer(response: object) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #authenticatorData(further: number, credential: Buffer): Buffer {
    this.#counter += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const set = flags.userPresent | (this.verifiesUser ? flags.userVerified : 0) | further;
    const relyingParty = createHash('sha256').update(new URL(this.#origin).hostname).digest();
    return Buffer.concat([relyingParty, Buffer.from([set]), counter, credential]);
  }

  #clientText(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
