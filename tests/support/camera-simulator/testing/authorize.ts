import { createHash } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

function field(challenge: string, name: string): string {
  return new RegExp(`${name}="?([^",]*)`).exec(challenge)?.[1] ?? '';
}

/** The `Authorization` header that answers a challenge, written apart from the server's code (RFC 7616, RFC 7617). */
export function authorize(challenge: string, method: string, uri: string, credentials: Credentials): string {
  const { username, password } = credentials;
  if (challenge.startsWith('Basic')) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
  const name = field(challenge, 'algorithm') === 'SHA-256' ? 'sha256' : 'md5';
  const hash = (text: string): string => createHash(name).update(text).digest('hex');
  const realm = field(challenge, 'realm');
  const nonce = field(challenge, 'nonce');
  const response = hash(`${hash(`${username}:${realm}:${password}`)}:${nonce}:${hash(`${method}:${uri}`)}`);
  const algorithm = name === 'sha256' ? ', algorithm=SHA-256' : '';
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"${algorithm}`;
}
