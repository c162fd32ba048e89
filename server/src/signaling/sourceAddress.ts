import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { IsProxy } from '../proxies.ts';

/**
 * Where a socket's handshake comes from: the caller itself or, when that is a proxy of ours, the last address in its
 * header that is none. What stands before that one was written by the caller. As `trustProxy` does for HTTP in `app.ts`.
 */
export function sourceAddress(
  request: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  isProxy: IsProxy,
): string | null {
  const direct = request.socket.remoteAddress ?? null;
  if (direct === null) return null;
  const named = [request.headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
  let address = direct;
  for (const name of named.map((part) => part.trim()).toReversed()) {
    if (!isProxy(address) || isIP(name) === 0) break;
    address = name;
  }
  return address;
}
