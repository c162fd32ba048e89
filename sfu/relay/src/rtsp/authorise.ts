import { createHash, randomBytes } from 'node:crypto';
import type { Secret } from '../Secret.ts';
import { CameraError } from './CameraError.ts';

export interface Credentials {
  readonly username: string;
  readonly password: Secret;
}

export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'digest';
      readonly hash: 'md5' | 'sha256';
      /** As the camera spelt it; left out of the answer when it was left out of the challenge (RFC 2069). */
      readonly algorithm: string | undefined;
      readonly isSession: boolean;
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | undefined;
      readonly hasQop: boolean;
      readonly isStale: boolean;
    };

/**
 * No camera's challenge comes near this. What is longer is refused unread: it is there to keep the relay busy, and one
 * relay serves every camera of its site.
 */
const longestChallenge = 2_048;
const mostChallenges = 16;

/** A name begins where no name goes on before it: tried at each letter of a long one, the time grows with its square. */
const parameterPattern = /(?<![\w-])([\w-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/**
 * The strongest challenge of a 401 that we can answer: SHA-256, then MD5, then Basic. Throws when there is none, with
 * the reason in words, because that is what somebody has to change in the camera. With a `basicRefusal` Basic is none
 * that we answer, and that is the reason.
 */
export function chooseChallenge(headers: readonly string[], basicRefusal?: string): Challenge {
  if (headers.length > mostChallenges || headers.some((header) => header.length > longestChallenge)) {
    throw new CameraError('refused', 'Camera asks for a sign-in that is too long to be one. Check what answers there.');
  }
  const challenges = headers.flatMap(readChallenges);
  const strength = (challenge: Challenge): number =>
    challenge.scheme === 'basic' ? 0 : challenge.hash === 'md5' ? 1 : 2;
  const known = challenges.filter((challenge) => challenge !== 'unknown');
  const strongest = known.sort((one, other) => strength(other) - strength(one))[0];
  if (strongest?.scheme === 'basic' && basicRefusal !== undefined) throw new CameraError('refused', basicRefusal);
  if (strongest !== undefined) return strongest;
  throw new CameraError(
    'refused',
    challenges.length > 0
      ? 'Camera asks for a way to sign in that the relay does not know. Set it to Digest with MD5 or SHA-256.'
      : 'Camera refuses the stream and does not say how to sign in.',
  );
}

/** The `Authorization` header for a request; `nonceCount` counts the requests that used this challenge, from 1. */
export function authorise(
  challenge: Challenge,
  { username, password }: Credentials,
  request: { method: string; uri: string; nonceCount: number },
): string {
  if (challenge.scheme === 'basic') {
    return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
  }
  const { hash, algorithm, isSession, realm, nonce, opaque, hasQop } = challenge;
  const digest = (text: string): string => createHash(hash).update(text).digest('hex');
  const clientNonce = randomBytes(8).toString('hex');
  const count = request.nonceCount.toString(16).padStart(8, '0');
  const user = digest(`${username}:${realm}:${password.reveal()}`);
  const secret = isSession ? digest(`${user}:${nonce}:${clientNonce}`) : user;
  const act = digest(`${request.method}:${request.uri}`);
  const response = digest(
    hasQop ? `${secret}:${nonce}:${count}:${clientNonce}:auth:${act}` : `${secret}:${nonce}:${act}`,
  );
  const fields = [
    `username="${quote(username)}"`,
    `realm="${quote(realm)}"`,
    `nonce="${quote(nonce)}"`,
    `uri="${quote(request.uri)}"`,
    `response="${response}"`,
  ];
  if (algorithm !== undefined) fields.push(`algorithm=${algorithm}`);
  if (opaque !== undefined) fields.push(`opaque="${quote(opaque)}"`);
  if (hasQop) fields.push('qop=auth', `nc=${count}`);
  if (hasQop || isSession) fields.push(`cnonce="${clientNonce}"`);
  return `Digest ${fields.join(', ')}`;
}

/** One header may hold several challenges; each begins with its scheme and a space. */
function readChallenges(header: string): (Challenge | 'unknown')[] {
  const starts = [...header.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[\w-]+\s*=|\s*$|\s*,)/g)];
  return starts.map((start, index) => {
    const text = header.slice(start.index + start[0].length, starts[index + 1]?.index);
    const scheme = start[1]?.toLowerCase();
    if (scheme === 'basic') return { scheme: 'basic' };
    return scheme === 'digest' ? readDigest(text) : 'unknown';
  });
}

function readDigest(text: string): Challenge | 'unknown' {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(parameterPattern)) {
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  const algorithm = parameters.get('algorithm');
  const [, family, session] = /^(MD5|SHA-?256)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
  const nonce = parameters.get('nonce');
  const qop = parameters.get('qop');
  const hasQop = qop?.split(',').some((value) => value.trim().toLowerCase() === 'auth') ?? false;
  const isQopKnown = qop === undefined || qop.trim() === '' || hasQop;
  if (family === undefined || nonce === undefined || !isQopKnown) return 'unknown';
  return {
    scheme: 'digest',
    hash: family.toLowerCase() === 'md5' ? 'md5' : 'sha256',
    algorithm,
    isSession: session !== undefined,
    realm: parameters.get('realm') ?? '',
    nonce,
    opaque: parameters.get('opaque'),
    hasQop,
    isStale: parameters.get('stale')?.toLowerCase() === 'true',
  };
}

function quote(text: string): string {
  return text.replaceAll(/["\\]/g, '\\$&');
}
