import { isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Whether the server is on this machine, as in a training city: at loopback or at an address of the machine's own, which
 * packets reach without a network. By its address as it is written, not as it resolves.
 */
export function isLocalServer(serverUrl: string): boolean {
  // A URL writes every form of an IPv4 address with four numbers.
  const host = new URL(serverUrl).hostname.replaceAll(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))) return true;
  return (
    isIP(host) !== 0 && Object.values(networkInterfaces()).some((card) => card?.some((own) => own.address === host))
  );
}
