import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Loopback, link-local and private addresses: where a reverse proxy of our own may be. */
const nearAddresses = new BlockList();
for (const [address, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  nearAddresses.addSubnet(address, prefix, 'ipv4');
}
nearAddresses.addSubnet('::1', 128, 'ipv6');
nearAddresses.addSubnet('fc00::', 7, 'ipv6');
nearAddresses.addSubnet('fe80::', 10, 'ipv6');

/**
 * Where a socket's handshake comes from. Behind TLS a reverse proxy names the caller: the last address in its header
 * that is not a proxy itself. As `trustProxy` does for HTTP in `app.ts`.
 */
export function sourceAddress(
  request: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  isBehindProxy: boolean,
): string | null {
  const direct = request.socket.remoteAddress ?? null;
  if (!isBehindProxy || direct === null) return direct;
  const named = [request.headers['x-forwarded-for'] ?? []].flat().flatMap((line) => line.split(','));
  let address = direct;
  for (const name of named.map((part) => part.trim()).toReversed()) {
    if (!isNear(address) || isIP(name) === 0) break;
    address = name;
  }
  return address;
}

function isNear(address: string): boolean {
  // An IPv4 caller on an IPv6 socket is written as ::ffff:10.0.0.1.
  const plain = address.replace(/^::ffff:/i, '');
  return nearAddresses.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
