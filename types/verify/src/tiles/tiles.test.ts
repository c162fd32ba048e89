import { array, assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { KeptHashes } from '../testing/KeptHashes.ts';
import { consistencyProof, inclusionProof, rootOf } from '../tree/tree.ts';
import {
  buildEntryBundle,
  buildTile,
  type HashTile,
  parseTilePath,
  readEntryBundle,
  readTile,
  tilePath,
  tileReader,
  tilesOf,
  widthIn,
} from './tiles.ts';

test.each([
  [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 63, index: 0, width: 1 }, 'tile/63/000.p/1'],
  [{ level: 'entries' as const, index: 999, width: 255 }, 'tile/entries/999.p/255'],
  [{ level: 'entries' as const, index: 1000, width: 256 }, 'tile/entries/x001/000'],
])('%j is at %s', (tile, path) => {
  expect(tilePath(tile)).toBe(path);
  expect(parseTilePath(path)).toEqual(tile);
});

test.each([
  'tile/0/67',
  'tile/0/1234',
  'tile/00/000',
  'tile/64/000',
  'tile/0/x000/000',
  'tile/0/001/000',
  'tile/0/000.p/0',
  'tile/0/000.p/256',
  'tile/0/000.p/012',
  'tile/0/x999/x999/x999/x999/x999/999',
  'tile/data/000',
  'tile/0/000/',
  '/tile/0/000',
  '../tile/0/000',
])('%s is no tile', (path) => {
  expect(parseTilePath(path)).toBeUndefined();
});

test("C2SP's example: a tree of 70,000", () => {
  const tiles = tilesOf(70_000);
  const count = (level: number, isFull: boolean) =>
    tiles.filter((tile) => tile.level === level && (tile.width === 256) === isFull).length;
  expect([count(0, true), count(0, false), count(1, true), count(1, false), count(2, false)]).toEqual([
    273, 1, 1, 1, 1,
  ]);
  expect([widthIn(70_000, 0, 273), widthIn(70_000, 1, 1), widthIn(70_000, 2, 0), widthIn(70_000, 0, 274)]).toEqual([
    112, 17, 1, 0,
  ]);
  expect(tilesOf(256)).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ]);
  expect(tilesOf(0)).toEqual([]);
});

test('proofs from tiles are those from the kept hashes', async () => {
  const kept = KeptHashes.ofSize(600);
  for (const size of [1, 255, 256, 257, 512, 600]) {
    const tiles = new Map<string, Uint8Array>();
    for (const tile of tilesOf(size)) tiles.set(tilePath(tile), await buildTile(tile, kept.read));
    const fetched: string[] = [];
    const read = tileReader(size, (tile: HashTile) => {
      fetched.push(tilePath(tile));
      return Promise.resolve(tiles.get(tilePath(tile)) ?? new Uint8Array());
    });
    expect(await rootOf(size, read)).toEqual(await rootOf(size, kept.read));
    const index = Math.floor(size / 3);
    expect(await inclusionProof(index, size, read)).toEqual(await inclusionProof(index, size, kept.read));
    expect(await consistencyProof(index, size, read)).toEqual(await consistencyProof(index, size, kept.read));
    expect(new Set(fetched).size).toBe(fetched.length);
    await expect(read([{ level: 0, index: size }])).rejects.toThrow(RangeError);
  }
});

test('a tile of another length is refused', async () => {
  expect(readTile(new Uint8Array(63), 2)).toBeUndefined();
  const read = tileReader(2, () => Promise.resolve(new Uint8Array(32)));
  await expect(read([{ level: 0, index: 1 }])).rejects.toThrow('does not hold');
});

test('entries come out of their bundle as they went in', () => {
  const entry = uint8Array({ maxLength: 300 });
  assert(
    property(array(entry, { minLength: 1, maxLength: 20 }), (entries) => {
      const bundle = buildEntryBundle(entries);
      expect(readEntryBundle(bundle, entries.length)).toEqual(entries);
      expect(readEntryBundle(bundle, entries.length + 1)).toBeUndefined();
      expect(readEntryBundle(bundle.subarray(1), entries.length)).not.toEqual(entries);
      expect(readEntryBundle(bundle.subarray(0, -1), entries.length)).toBeUndefined();
    }),
  );
  expect(() => buildEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError);
});
