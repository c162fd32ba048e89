import { isIPv4 } from 'node:net';

/** Whether the server is on this machine, as in a training city. By its address as it is written, not as it resolves. */
export function isLoopbackServer(serverUrl: string): boolean {
  // A URL writes every form of an IPv4 address with four numbers.
  const { hostname } = new URL(serverUrl);
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
