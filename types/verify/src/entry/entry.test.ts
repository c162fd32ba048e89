import { expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../bytes/bytes.ts';
import {
  canonicalText,
  commit,
  commitmentsOf,
  decodeEntry,
  encodeEntry,
  type LogEntry,
  makeSalt,
  type OpenEntry,
  opens,
  opensWith,
  sealEntry,
} from './entry.ts';

const act: OpenEntry = {
  id: '019a0000-0000-7000-8000-000000000001',
  at: '2026-03-01T10:00:00.123Z',
  type: 'viewing.started',
  outcome: 'done',
  agencyId: '019a0000-0000-7000-8000-00000000000a',
  actorKind: 'user',
  actor: '019a0000-0000-7000-8000-0000000000b0',
  sourceAddress: '192.0.2.7',
  targetKind: 'camera',
  targetId: '019a0000-0000-7000-8000-0000000000c0',
  grantId: null,
  details: { purpose: 'incident', minutes: 30, nested: [{ a: null }, true] },
  personal: { reason: 'Käfer at the café' },
};

test('an entry is canonical JSON and comes back as it was', () => {
  const { entry, bytes } = sealEntry(act);
  expect(fromUtf8(bytes)).toMatch(/^\{"actor":"[0-9a-f]{64}","actorKind":"user","agencyId":/);
  expect(decodeEntry(bytes)).toEqual(entry);
  expect(encodeEntry(entry)).toEqual(bytes);
});

test('no value of a person stands in the leaf, and each opens with its salt', () => {
  const { entry, bytes, openings } = sealEntry(act);
  const text = fromUtf8(bytes) ?? '';
  for (const value of [act.actor, act.sourceAddress, 'Käfer', 'café']) expect(text).not.toContain(value);
  expect([...commitmentsOf(entry).keys()].toSorted()).toEqual(['actor', 'reason', 'sourceAddress']);
  for (const [name, commitment] of commitmentsOf(entry)) {
    const opening = openings[name];
    if (!opening) throw new Error(`${name} has no opening`);
    expect(opensWith(commitment, name, opening)).toBe(true);
    expect(opensWith(commitment, `${name}2`, opening)).toBe(false);
    expect(opensWith(commitment, name, { ...opening, value: 'other' })).toBe(false);
    expect(opensWith(commitment, name, { ...opening, salt: 'AAAAAAAAAAAAAAAAAAAAAA==' })).toBe(false);
  }
});

test('the same value is committed to differently each time', () => {
  expect(sealEntry(act).entry.actor).not.toBe(sealEntry(act).entry.actor);
});

test('what is null is not committed to', () => {
  const { entry, openings } = sealEntry({ ...act, actor: null, sourceAddress: null, personal: {} });
  expect([entry.actor, entry.sourceAddress, openings]).toEqual([null, null, {}]);
});

test('a salt has 16 bytes at least', () => {
  expect(() => commit('actor', 'a', new Uint8Array(15))).toThrow(RangeError);
  expect(opens(commit('actor', 'a', makeSalt()), 'actor', 'a', new Uint8Array(3))).toBe(false);
});

const { entry: good, bytes: goodBytes } = sealEntry(act);
const goodText = fromUtf8(goodBytes) ?? '';

test.each([
  ['a space', goodText.replace(',', ', ')],
  ['a doubled name', goodText.replace('{', '{"actor":null,')],
  ['names in another order', goodText.replace('"v":1}', '}').replace('{"actor"', '{"v":1,"actor"').replace(',}', '}')],
  ['an escape that is not needed', goodText.replace('incident', 'inc\\u0069dent')],
  ['another number for the same', goodText.replace(':30', ':30.0')],
  ['a newer version', goodText.replace('"v":1', '"v":2')],
  ['an unknown field', goodText.replace('"v":1', '"v":1,"w":1')],
  ['no milliseconds', goodText.replace('.123Z', 'Z')],
  ['another zone', goodText.replace('.123Z', '.123+01:00')],
  ['an id in capitals', goodText.replace('00000000000a', '00000000000A')],
  ['a name of an object itself', goodText.replace('"purpose"', '"__proto__"')],
  ['deep nesting', goodText.replace(':30', `:${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  ['nothing', ''],
])('a leaf with %s is refused', (_what, text) => {
  expect(decodeEntry(toUtf8(goodText))).toBeDefined();
  expect(decodeEntry(toUtf8(text))).toBeUndefined();
});

test('bytes that are no UTF-8, or begin with a byte order mark, are no entry', () => {
  expect(decodeEntry(Uint8Array.of(...goodBytes, 0xff))).toBeUndefined();
  expect(decodeEntry(Uint8Array.of(0xef, 0xbb, 0xbf, ...goodBytes))).toBeUndefined();
});

test('what does not fit is not encoded', () => {
  const bad: LogEntry[] = [
    { ...good, actor: 'ada@example.org' },
    { ...good, committed: { actor: 'a'.repeat(64) } },
    { ...good, details: { text: '\ud800' } },
    { ...good, details: { number: Number.NaN } },
    { ...good, details: { text: 'a'.repeat(70_000) } },
  ];
  for (const entry of bad) expect(() => encodeEntry(entry)).toThrow(Error);
});

/** RFC 8785, sections 3.2.2 and 3.2.3, and its appendix B on numbers. */
test("RFC 8785's examples", () => {
  const text = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
  expect(canonicalText(JSON.parse(text))).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
  const names = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
  const order = [...canonicalText(JSON.parse(names)).matchAll(/:"([^"]+)"/g)].map(([, value]) => value);
  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
  const numbers: [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ];
  for (const [bits, expected] of numbers) {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    expect(canonicalText(view.getFloat64(0))).toBe(expected);
  }
  expect(() => canonicalText(Number.NaN)).toThrow('NaN');
});
