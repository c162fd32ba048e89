import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CameraError, toCameraError } from './CameraError.ts';

export interface AddressRules {
  /**
   * Loopback, and every other address of this machine, is where its own services listen; only what belongs to training
   * lives there.
   */
  readonly isLoopbackAllowed: boolean;
  /** Cameras without a DHCP server give themselves such addresses; an SFU host never has one. */
  readonly isLinkLocalAllowed: boolean;
}

/**
 * Nobody, everybody, this network, what is reserved, and the metadata services of clouds, which give whoever asks the
 * machine's own credentials.
 */
const refused = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  refused.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['100::', 64],
  ['ff00::', 8],
  // Tunnels and translation that carry an IPv4 address elsewhere than at their end, or hidden.
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
] as const) {
  refused.addSubnet(network, prefix, 'ipv6');
}
const metadataServices = [
  // Most clouds; then the DNS of EC2, credentials of ECS and EKS, Tencent Cloud, Scaleway.
  '169.254.169.254',
  '169.254.169.253',
  '169.254.170.2',
  '169.254.170.23',
  '169.254.0.23',
  '169.254.42.42',
  // Azure, Alibaba Cloud.
  '168.63.129.16',
  '100.100.100.200',
];
for (const address of metadataServices) refused.addAddress(address, 'ipv4');
const metadataServices6 = [
  // EC2 with its DNS and EKS, Google Cloud, Oracle Cloud, Scaleway, OpenStack.
  'fd00:ec2::254',
  'fd00:ec2::253',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:c1::a9fe:a9fe',
  'fd00:42::42',
  'fe80::a9fe:a9fe',
];
for (const address of metadataServices6) refused.addAddress(address, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');

/** IPv6 ways to write an IPv4 address: mapped, translated, compatible, NAT64. All of them have it in the last 32 bits. */
const embedding = new BlockList();
embedding.addSubnet('::ffff:0:0', 96, 'ipv6');
embedding.addSubnet('::ffff:0:0:0', 96, 'ipv6');
embedding.addSubnet('::', 96, 'ipv6');
embedding.addSubnet('64:ff9b::', 96, 'ipv6');

/**
 * The addresses that this machine has on its networks now. A service that listens on all of them is reached through each,
 * as through loopback.
 */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
}

/** Whether something may be dialled at this address, given as a numeric IPv4 or IPv6 address. */
export function isAddressAllowed(text: string, rules: AddressRules, own: readonly string[] = ownAddresses()): boolean {
  // The zone of a link-local address (`fe80::1%eth0`) says which network card and nothing about the address.
  const [address = ''] = text.split('%');
  if (isIP(address) === 0) return false;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (loopback.check(address, family) || isOneOf(own, address)) return rules.isLoopbackAllowed;
  if (refused.check(address, family)) return false;
  if (linkLocal.check(address, family)) return rules.isLinkLocalAllowed;
  if (family === 'ipv6' && embedding.check(address, 'ipv6')) {
    const embedded = embeddedIpv4(address);
    return embedded !== undefined && isAddressAllowed(embedded, rules, own);
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

/** Whether a numeric address is among others, whatever way each is written in. */
export function isOneOf(addresses: readonly string[], address: string): boolean {
  const familyOf = (text: string) => (isIPv4(text) ? 'ipv4' : 'ipv6');
  const list = new BlockList();
  for (const one of addresses) list.addAddress(withoutZone(one), familyOf(one));
  return list.check(withoutZone(address), familyOf(address));
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
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
