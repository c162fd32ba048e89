import { createHash, randomBytes } from 'node:crypto';

export type AuthScheme = 'basic' | 'digest-md5' | 'digest-sha-256';

export interface CameraAuth {
  readonly username: string;
  readonly password: string;
  /** What the camera offers, in this order. */
  readonly schemes: readonly AuthScheme[];
}

const REALM = 'IP Camera(C2417)';

function hash(algorithm: 'md5' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

function digestFields(authorization: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name, quoted, bare] of authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)) {
    if (name !== undefined) fields.set(name.toLowerCase(), quoted ?? bare ?? '');
  }
  return fields;
}

/** Cameras that speak only MD5 leave the algorithm out, as RFC 2069 did. */
function algorithmField(scheme: AuthScheme, { schemes }: CameraAuth): string {
  if (scheme === 'digest-sha-256') return ', algorithm=SHA-256';
  return schemes.includes('digest-sha-256') ? ', algorithm=MD5' : '';
}

/** The login of one control connection: its nonces, its challenges, and whether an `Authorization` header is right. */
export class Login {
  #nonces = new Set<string>();

  /** Values for `WWW-Authenticate`, one header each. */
  challenges(auth: CameraAuth): string[] {
    return auth.schemes.map((scheme) => {
      if (scheme === 'basic') return `Basic realm="${REALM}"`;
      const nonce = randomBytes(16).toString('hex');
      this.#nonces.add(nonce);
      return `Digest realm="${REALM}", nonce="${nonce}"${algorithmField(scheme, auth)}`;
    });
  }

  /** From now on every earlier answer to a challenge is stale. */
  expireNonces(): void {
    this.#nonces.clear();
  }

  accepts(auth: CameraAuth, method: string, authorization: string | undefined): boolean {
    if (authorization === undefined) return false;
    if (/^basic /i.test(authorization)) {
      const expected = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
      return auth.schemes.includes('basic') && authorization.slice(6).trim() === expected;
    }
    const fields = digestFields(authorization);
    const isSha256 = fields.get('algorithm')?.toUpperCase() === 'SHA-256';
    if (!auth.schemes.includes(isSha256 ? 'digest-sha-256' : 'digest-md5')) return false;
    const nonce = fields.get('nonce') ?? '';
    if (fields.get('username') !== auth.username || !this.#nonces.has(nonce)) return false;
    const algorithm = isSha256 ? 'sha256' : 'md5';
    const secret = hash(algorithm, `${auth.username}:${fields.get('realm') ?? ''}:${auth.password}`);
    const request = hash(algorithm, `${method}:${fields.get('uri') ?? ''}`);
    const qop = fields.get('qop');
    const middle =
      qop === undefined ? nonce : `${nonce}:${fields.get('nc') ?? ''}:${fields.get('cnonce') ?? ''}:${qop}`;
    return fields.get('response') === hash(algorithm, `${secret}:${middle}:${request}`);
  }
}
