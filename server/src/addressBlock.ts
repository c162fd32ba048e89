import { isIPv4, isIPv6 } from 'node:net';

/** The part of an IPv6 address that a network is given; within it a caller has as many addresses as it wants. */
const networkGroups = 4;
const allGroups = 8;

/**
 * What counts as one caller where callers are counted: an IPv4 address, or the /64 network of an IPv6 address. What is
 * neither counts as it is.
 */
export function addressBlock(address: string): string {
  const [plain = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%', 1);
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [left = '', right] = plain.split('::');
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [groupsOf(left), groupsOf(right ?? '')];
  // An IPv4 address at the end is two groups, and never within the first four.
  const length = before.length + after.length + (plain.includes('.') ? 1 : 0);
  const groups = [...before, ...Array<string>(right === undefined ? 0 : allGroups - length).fill('0'), ...after];
  const network = groups.slice(0, networkGroups).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
