import type { Random } from '../Random.ts';
import type { AddressCase, NameRecord } from './AddressCase.ts';

/** Where nothing may ever be dialled, written out by hand and taken from nothing that it checks. */
const forbidden4 = [
  () => '127.0.0.1',
  (random: Random) => `127.${octets(random, 3)}`,
  (random: Random) => `0.${octets(random, 3)}`,
  () => '0.0.0.0',
  () => '169.254.169.254',
  (random: Random) => random.pick(['169.254.170.2', '169.254.169.253', '168.63.129.16', '100.100.100.200']),
  (random: Random) => `${random.int(224, 239)}.${octets(random, 3)}`,
  (random: Random) => `${random.int(240, 254)}.${octets(random, 3)}`,
  () => '255.255.255.255',
  (random: Random) => `192.0.0.${random.int(0, 255)}`,
];
const forbidden6 = [
  '::1',
  '::',
  'fd00:ec2::254',
  'ff02::1',
  'ff05::1:3',
  'fd20:ce::254',
  '100::1',
  'fe80::a9fe:a9fe%lo',
];
const ownAddress = '10.99.0.1';

function octets(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 255)).join('.');
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** An IPv4 address in one of the ways that some program somewhere takes for one. */
export function disguise(random: Random, address: string): string {
  const parts = address.split('.').map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const groups = `${hex(a * 256 + b, 1)}:${hex(c * 256 + d, 1)}`;
  return random.pick<() => string>([
    () => address,
    () => String(numberOf(address)),
    () => `0x${hex(numberOf(address), 8)}`,
    () => `0${numberOf(address).toString(8)}`,
    () => parts.map((part) => `0${part.toString(8)}`).join('.'),
    () => parts.map((part) => `0x${hex(part, 2)}`).join('.'),
    () => parts.map((part, index) => (index % 2 === 0 ? `0x${hex(part, 1)}` : `0000${part.toString(8)}`)).join('.'),
    () => `${a}.${b}.${c * 256 + d}`,
    () => `${a}.${(b * 256 + c) * 256 + d}`,
    () => `${address}.`,
    () => `::ffff:${address}`,
    () => `::FFFF:${groups.toUpperCase()}`,
    () => `0:0:0:0:0:ffff:${groups}`,
    () => `::${address}`,
    () => `::ffff:0:${address}`,
    () => `64:ff9b::${address}`,
    () => `64:ff9b::${groups}`,
    () => `64:ff9b:1::${groups}`,
    () => `2002:${groups}::1`,
    () => `2002:${groups}::${groups}`,
    () => `2001:0:${groups}::1`,
    () => `[::ffff:${address}]`,
    () => `::ffff:${address}%lo`,
    () => address.replaceAll('.', '。'),
    () => address.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    () => address.replaceAll('1', '①'),
    () => `${address}%lo`,
    () => ` ${address}`,
    () => `${address}\u0000.example`,
  ])();
}

/** A good address that no other case has: `number` stands in it. */
function goodAddress(random: Random, number: number): string {
  const [high, low] = [(number >> 8) & 0xff, number & 0xff];
  return random.pick([
    `10.${random.int(0, 90)}.${high}.${low}`,
    `172.${random.int(16, 31)}.${high}.${low}`,
    `192.168.${high}.${low}`,
    `100.64.${high}.${low}`,
    `203.0.113.${low}`,
    `81.2.${high}.${low}`,
    `169.254.${random.int(50, 160)}.${low}`,
    `fd12:3456::${number.toString(16)}`,
    `2001:db8::${number.toString(16)}`,
  ]);
}

function recordOf(address: string): NameRecord {
  return { type: address.includes(':') ? 'AAAA' : 'A', value: address };
}

/** What the name server can say, and no disguise: an address in its plain form. */
export function plainForbidden(random: Random): string {
  if (random.happens(0.2)) return random.pick(forbidden6.filter((address) => !address.includes('%')));
  const address = random.pick(forbidden4)(random);
  return random.happens(0.8) ? address : `::ffff:${address}`;
}

/** A host that somebody enters and that is never to be dialled. */
export function forbiddenHost(random: Random): string {
  return random.happens(0.2) ? random.pick(forbidden6) : random.pick(forbidden4)(random);
}

export interface CaseOptions {
  /** In a network of its own, where every address leads to us. Without it only what would reach loopback is tried. */
  isIsolated: boolean;
}

/** The case of this number. Hostile ones and good ones, as far as they can be tried here. */
export function makeCase(random: Random, number: number, { isIsolated }: CaseOptions): AddressCase {
  const base = { path: '/live', transport: random.pick(['tcp', 'udp', 'auto'] as const), cameras: [], isGood: false };
  if (!isIsolated) {
    const address = random.pick(['127.0.0.1', `127.${octets(random, 3)}`, '0.0.0.0']);
    return random.happens(0.7)
      ? { ...base, kind: 'number', host: disguise(random, address) }
      : { ...base, kind: 'field', host: random.pick(loopbackNames) };
  }
  const good = goodAddress(random, number);
  const host = `camera${number}.example`;
  const bad = plainForbidden(random);
  const onlyGood = { ...base, cameras: [good] };
  return random.pick<() => AddressCase>([
    () => ({ ...base, kind: 'number', host: disguise(random, random.pick(forbidden4)(random)) }),
    () => ({ ...base, kind: 'number', host: disguise(random, random.pick([ownAddress, '127.0.0.1'])) }),
    () => ({ ...base, kind: 'number', host: random.pick(forbidden6) }),
    () => ({ ...base, kind: 'field', host: random.pick(loopbackNames) }),
    () => ({ ...base, kind: 'field', ...strangeFields(random, bad, good), cameras: [good] }),
    () => ({ ...base, kind: 'name', host, names: [[recordOf(bad)]] }),
    () => ({ ...onlyGood, kind: 'name', host, names: [shuffled(random, [recordOf(bad), recordOf(good)])] }),
    () => ({
      ...base,
      kind: 'name',
      host,
      names: [[{ type: 'CNAME', value: `alias${number}.example` }, recordOf(bad)]],
    }),
    // The first answer is good; the next one, a moment later, is not.
    () => ({ ...onlyGood, kind: 'rebinding', host, names: [[recordOf(good)], [recordOf(bad)]] }),
    () => ({ ...onlyGood, kind: 'lure', host: good, lure: lureTo(random, bad) }),
    () => ({ ...onlyGood, kind: 'lure', host, names: [[recordOf(good)]], lure: lureTo(random, bad) }),
    () => ({ ...onlyGood, kind: 'good address', host: good, isGood: true }),
    () => ({ ...onlyGood, kind: 'good name', host, names: [[recordOf(good)]], isGood: true }),
  ])();
}

const loopbackNames = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'localhost.localdomain',
  'a.localhost',
  'ip6-localhost',
  '127.0.0.1.',
  '127.1',
  '0',
  '[::1]',
  '::1%lo',
  '::1%1',
  '127.0.0.1#',
  '127.0.0.1?',
  '127.0.0.1/x',
  'x@127.0.0.1',
  '127.0.0.1:554',
  '127.0.0.1%2e',
  'ⓛocalhost',
  'lоcalhost',
  '',
  '\r\n127.0.0.1',
];

function strangeFields(random: Random, bad: string, good: string): { host: string; path: string; username?: string } {
  return random.pick([
    { host: `${good}@${bad}`, path: '/live' },
    { host: `${bad}#${good}`, path: '/live' },
    { host: `${good}%0d%0a${bad}`, path: '/live' },
    { host: `${bad}\\${good}`, path: '/live' },
    { host: good, path: `/live\r\nHost: ${bad}` },
    { host: good, path: `@${bad}/live` },
    { host: good, path: `//${bad}/live` },
    { host: good, path: `/live?x=rtsp://${bad}/` },
    { host: good, path: '/live', username: `viewer@${bad}/#%0d%0a` },
    { host: good, path: '/live', username: `viewer\r\nLocation: rtsp://${bad}/` },
  ]);
}

function lureTo(random: Random, address: string): NonNullable<AddressCase['lure']> {
  const kind = random.pick(['location', 'contentBase', 'control', 'connection', 'source'] as const);
  const name = address.includes(':') ? `[${address}]` : address;
  const url = random.pick([
    `rtsp://${name}:8554/secret`,
    `rtsp://${name}/secret`,
    `rtsp://x@${name}:8554/`,
    `rtspu://${name}:8554/`,
    `http://${name}/latest/meta-data/`,
    `//${name}:8554/secret`,
  ]);
  return { kind, url, address };
}

function shuffled<T>(random: Random, values: readonly T[]): T[] {
  return random.happens(0.5) ? [...values] : values.toReversed();
}
