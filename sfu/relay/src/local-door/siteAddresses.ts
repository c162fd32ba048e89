import { BlockList, isIP, isIPv4 } from 'node:net';

/** What a site's own network gives out, and this machine itself. No address by which the internet reaches anything. */
const own = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  own.addSubnet(network, prefix, 'ipv4');
}
own.addAddress('::1', 'ipv6');
own.addSubnet('fc00::', 7, 'ipv6');
own.addSubnet('fe80::', 10, 'ipv6');

/** Whether a numeric address is one of a site's own network, which no router of the internet carries. */
export function isSiteAddress(address: string): boolean {
  // A link-local one names its interface behind it.
  const [bare = ''] = address.split('%');
  return isIP(bare) !== 0 && own.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6');
}
