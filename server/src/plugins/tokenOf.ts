import type { IncomingHttpHeaders } from 'node:http';

/** The names of `createAuth`, and no longer ones that end in them: anybody can send such a cookie beside the right one. */
const sessionCookie = /(?:^|;\s*)(?:__Host-)?commonsight\.session_token=([^;]*)/g;

/**
 * The tokens of the session cookies, each once and without its signature: whatever way they are encoded in, they are the
 * same. A browser sends one.
 */
export function sessionTokensOf({ cookie }: IncomingHttpHeaders): string[] {
  const tokens = [...(cookie ?? '').matchAll(sessionCookie)].map(([, value = '']) => decode(value).split('.')[0] ?? '');
  return [...new Set(tokens)].filter((token) => token !== '');
}

/** The token, when there is exactly one: of several it cannot be told here which one will be looked up. */
export function tokenOf(headers: IncomingHttpHeaders): string | undefined {
  const [token, ...others] = sessionTokensOf(headers);
  return others.length === 0 ? token : undefined;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
