import { BlockList, isIP } from 'node:net';

/** Whether this address is a reverse proxy of our own, whose word about its caller counts. */
export type IsProxy = (address: string) => boolean;

/** Words for what need not be written out. */
const networksOf: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10'],
};

/** Splits the setting `TRUSTED_PROXIES`; throws for what is neither a word above, an address nor a network. */
export function readProxies(setting: string): readonly string[] {
  const names = setting.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  isProxyOf(names);
  return names;
}

/** The proxies with these names: `loopback`, `private`, an address, or a network such as `10.1.0.0/24`. */
export function isProxyOf(names: readonly string[]): IsProxy {
  const known = new BlockList();
  for (const network of names.flatMap((name) => networksOf[name] ?? [name])) {
    const [address = '', prefix, ...rest] = network.split('/');
    const family = isIP(address);
    const longest = family === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : Number(prefix);
    const isNetwork = family !== 0 && rest.length === 0 && /^\d+$/.test(prefix ?? '0') && length <= longest;
    if (!isNetwork) throw new Error(`${network} is neither an address nor a network`);
    known.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    // An IPv4 caller on an IPv6 socket is written as ::ffff:10.0.0.1.
    const plain = address.replace(/^::ffff:/i, '');
    return known.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}
