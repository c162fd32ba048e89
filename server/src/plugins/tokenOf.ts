import type { IncomingHttpHeaders } from 'node:http';

/** The token of a session's cookie, without its signature: whatever way it is encoded in, it is the same. */
export function tokenOf({ cookie }: IncomingHttpHeaders): string | undefined {
  const value = /(?:^|;\s*)[^=;]*session_token=([^;]*)/.exec(cookie ?? '')?.[1];
  try {
    return value === undefined ? undefined : decodeURIComponent(value).split('.')[0];
  } catch {
    return undefined;
  }
}
