import { tileWidth } from '../tiles/tilePaths.ts';
import { emptyRoot, type Hash } from './hashes.ts';
import { assertSize, foldHashes, nodesOfRange, type ReadHashes, splitOf } from './nodes.ts';

/** Leaves from start up to end. */
interface Range {
  start: number;
  end: number;
}

/** The root of the first `size` leaves. */
export async function rootOf(size: number, readHashes: ReadHashes): Promise<Hash> {
  assertSize(size);
  return size === 0 ? emptyRoot() : foldHashes(await readHashes(nodesOfRange(0, size)));
}

/** That the leaf at this index is in the tree of this size: RFC 9162, section 2.1.3.1. */
export async function inclusionProof(index: number, size: number, readHashes: ReadHashes): Promise<Hash[]> {
  assertSize(index);
  assertSize(size);
  if (index >= size) throw new RangeError(`A tree of ${size} leaves has none with index ${index}.`);
  return await pathOf({ start: index, end: index + 1 }, size, readHashes);
}

/**
 * That the leaves of a tile are in the tree of this size, from the root over them: the tile with this index is a leaf of
 * the tree over tiles, which has as many leaves as there are tiles and the same root. So `verifyInclusion` checks it.
 */
export async function tileProof(index: number, size: number, readHashes: ReadHashes): Promise<Hash[]> {
  assertSize(index);
  assertSize(size);
  const start = index * tileWidth;
  if (start >= size) throw new RangeError(`A tree of ${size} leaves has no tile ${index}.`);
  return await pathOf({ start, end: Math.min(start + tileWidth, size) }, size, readHashes);
}

/** The roots beside the way from a subtree of the tree up to its root. */
async function pathOf(subtree: Range, size: number, readHashes: ReadHashes): Promise<Hash[]> {
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (start !== subtree.start || end !== subtree.end) {
    const middle = start + splitOf(end - start);
    if (subtree.start < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return await hashesOf(ranges.toReversed(), readHashes);
}

/**
 * That the tree of `to` leaves begins with the tree of `from` leaves: RFC 9162, section 2.1.4.1. Of the empty tree, and
 * of a tree and itself, there is nothing to show: the proof is empty.
 */
export async function consistencyProof(from: number, to: number, readHashes: ReadHashes): Promise<Hash[]> {
  assertSize(from);
  assertSize(to);
  if (from > to) throw new RangeError(`A tree of ${to} leaves cannot begin with one of ${from}.`);
  if (from === 0 || from === to) return [];
  const { ranges, beside } = rangesOfPrefix(from, to);
  // Who checks has the root of the first tree: it stands in no proof that would only repeat it.
  return await hashesOf(beside.start === 0 ? ranges : [beside, ...ranges], readHashes);
}

/**
 * What the first `from` leaves of the tree of `to` leaves are, for who does not believe another root of theirs:
 * `rootsOfProof` reads it. `from` is smaller than `to` and not 0.
 */
export async function prefixProof(from: number, to: number, readHashes: ReadHashes): Promise<Hash[]> {
  assertSize(from);
  assertSize(to);
  if (from === 0 || from >= to) throw new RangeError(`${from} leaves are no proper part of ${to}.`);
  const { ranges, beside } = rangesOfPrefix(from, to);
  return await hashesOf([beside, ...ranges], readHashes);
}

/** The subtree that ends the first `from` leaves, and the ranges beside the way from there to the root. */
function rangesOfPrefix(from: number, to: number): { ranges: Range[]; beside: Range } {
  const ranges: Range[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return { ranges: ranges.toReversed(), beside: { start, end } };
}

async function hashesOf(ranges: readonly Range[], readHashes: ReadHashes): Promise<Hash[]> {
  const nodes = ranges.map(({ start, end }) => nodesOfRange(start, end));
  const hashes = await readHashes(nodes.flat());
  if (hashes.length !== nodes.flat().length) throw new Error('Kept hashes are missing.');
  let at = 0;
  return nodes.map(({ length }) => {
    at += length;
    return foldHashes(hashes.slice(at - length, at));
  });
}
