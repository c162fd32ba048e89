import { lookup } from 'node:dns/promises';
import { BlockList, isIPv4 } from 'node:net';
import { CameraError, toCameraError } from './CameraError.ts';

export interface AddressRules {
  /** Loopback is where this machine's own services listen; only training cameras live there. */
  readonly isLoopbackAllowed: boolean;
}

/** Never a camera: nobody, everybody, this network, what is reserved, and the metadata services of clouds. */
const refused = new BlockList();
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addAddress('169.254.169.254', 'ipv4');
refused.addSubnet('224.0.0.0', 4, 'ipv4');
refused.addSubnet('240.0.0.0', 4, 'ipv4');
refused.addAddress('::', 'ipv6');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addSubnet('ff00::', 8, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** IPv6 ways to write an IPv4 address: mapped, compatible, NAT64. All of them carry it in the last 32 bits. */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('::', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether a camera may be at this address, given as a numeric IPv4 or IPv6 address. */
export function isAddressAllowed(address: string, { isLoopbackAllowed }: AddressRules): boolean {
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (loopback.check(address, family)) return isLoopbackAllowed;
  if (refused.check(address, family)) return false;
  if (family === 'ipv6' && embedding.check(address, 'ipv6')) {
    const embedded = embeddedIpv4(address);
    return embedded !== undefined && isAddressAllowed(embedded, { isLoopbackAllowed });
  }
  return true;
}

/**
 * The numeric address to dial for a host. Text proves nothing (`0x7f.1` and `2130706433` are loopback), so the host is
 * resolved, every address that it has is checked, and the caller connects to the one that was checked: a name that
 * changes its mind between check and connection gains nothing.
 */
export async function resolveAddress(
  host: string,
  rules: AddressRules,
  resolve: (host: string) => Promise<{ address: string }[]> = (name) => lookup(name, { all: true }),
): Promise<string> {
  const found = await resolve(host).catch((error: unknown) => {
    throw toCameraError(error);
  });
  const [first] = found;
  if (first === undefined) throw new CameraError('unreachable');
  if (!found.every(({ address }) => isAddressAllowed(address, rules))) {
    throw new CameraError(
      'unreachable',
      'The relay does not connect to the address of this camera. Check the address.',
    );
  }
  return first.address;
}

function embeddedIpv4(address: string): string | undefined {
  const last = address.slice(address.lastIndexOf(':') + 1);
  if (isIPv4(last)) return last;
  // A URL writes every IPv6 address in its one canonical form, where the tail is two groups of hexadecimal digits.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high, low] = groups.slice(-2).map((group) => (group === '' ? 0 : Number.parseInt(group, 16)));
  if (high === undefined || low === undefined || Number.isNaN(high) || Number.isNaN(low)) return undefined;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
