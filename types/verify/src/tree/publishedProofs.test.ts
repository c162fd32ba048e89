import { expect, test } from 'vitest';
import { hexToBytes } from '@noble/hashes/utils.js';
import { assert, asyncProperty, nat } from 'fast-check';
import { fromBase64, toBase64, toUtf8 } from '../bytes/bytes.ts';
import { KeptHashes } from '../testing/KeptHashes.ts';
import {
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts';

/** Proofs of the eight leaves with which Certificate Transparency's implementations test themselves. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const kept = new KeptHashes(leaves.map((leaf) => hexToBytes(leaf)));
const ofFirstFour = '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=';
const ofFirstTwo = '+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=';
const ofLastTwo = 'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=';

test.each([
  [5, 8, ['vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=', ofLastTwo, ofFirstFour]],
  [2, 3, [ofFirstTwo]],
])('the published inclusion proof of leaf %i of %i', async (index, size, published) => {
  const proof = await inclusionProof(index, size, kept.read);
  expect(proof.map(toBase64)).toEqual(published);
  const root = await rootOf(size, kept.read);
  expect(verifyInclusion({ leaf: kept.leafHash(index), index, size, root, proof: published.map(hash) })).toBe(true);
});

test.each([
  [
    1,
    8,
    [
      'lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=',
      'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
      'a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=',
    ],
  ],
  [6, 8, ['DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=', ofLastTwo, ofFirstFour]],
])('the published consistency proof from %i to %i', async (from, to, published) => {
  expect((await consistencyProof(from, to, kept.read)).map(toBase64)).toEqual(published);
  const [fromRoot, toRoot] = [await rootOf(from, kept.read), await rootOf(to, kept.read)];
  expect(verifyConsistency({ from, fromRoot, to, toRoot, proof: published.map(hash) })).toBe(true);
});

function hash(text: string): Hash {
  return fromBase64(text) ?? new Uint8Array();
}

test('the example of RFC 9162, section 2.1.5: which hashes the proofs of a tree of seven consist of', async () => {
  const tree = KeptHashes.ofSize(7);
  const [a, b, c, d, e, f, j] = Array.from({ length: 7 }, (_, at) => tree.leafHash(at)) as [
    Hash,
    Hash,
    Hash,
    Hash,
    Hash,
    Hash,
    Hash,
  ];
  const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
  const [k, l] = [nodeHash(g, h), nodeHash(i, j)];
  expect(tree.tree.root()).toEqual(nodeHash(k, l));
  expect(await inclusionProof(0, 7, tree.read)).toEqual([b, h, l]);
  expect(await inclusionProof(3, 7, tree.read)).toEqual([c, g, l]);
  expect(await inclusionProof(4, 7, tree.read)).toEqual([f, j, k]);
  expect(await inclusionProof(6, 7, tree.read)).toEqual([i, k]);
  expect(await consistencyProof(3, 7, tree.read)).toEqual([c, d, g, l]);
  expect(await consistencyProof(4, 7, tree.read)).toEqual([l]);
  expect(await consistencyProof(6, 7, tree.read)).toEqual([i, j, k]);
});

/** The definitions of RFC 9162 word by word, over the leaves themselves: slow, and too simple to be wrong. */
function definedRoot(entries: readonly Uint8Array[]): Hash {
  const [first] = entries;
  if (!first) return emptyRoot();
  if (entries.length === 1) return leafHash(first);
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  return nodeHash(definedRoot(entries.slice(0, k)), definedRoot(entries.slice(k)));
}

function definedPath(m: number, entries: readonly Uint8Array[]): Hash[] {
  if (entries.length === 1) return [];
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  return m < k
    ? [...definedPath(m, entries.slice(0, k)), definedRoot(entries.slice(k))]
    : [...definedPath(m - k, entries.slice(k)), definedRoot(entries.slice(0, k))];
}

function definedSubproof(m: number, entries: readonly Uint8Array[], isWhole: boolean): Hash[] {
  if (m === entries.length) return isWhole ? [] : [definedRoot(entries)];
  const k = 2 ** (Math.ceil(Math.log2(entries.length)) - 1);
  return m <= k
    ? [...definedSubproof(m, entries.slice(0, k), isWhole), definedRoot(entries.slice(k))]
    : [...definedSubproof(m - k, entries.slice(k), false), definedRoot(entries.slice(0, k))];
}

test('roots and proofs are those of the definitions', async () => {
  const entries = Array.from({ length: 200 }, (_, at) => toUtf8(`leaf ${at}`));
  const tree = new KeptHashes(entries);
  await assert(
    asyncProperty(nat(199), nat(199), async (one, other) => {
      const [low, size] = [Math.min(one, other), Math.max(one, other) + 1];
      expect(await rootOf(size, tree.read)).toEqual(definedRoot(entries.slice(0, size)));
      expect(await inclusionProof(low, size, tree.read)).toEqual(definedPath(low, entries.slice(0, size)));
      expect(await consistencyProof(low + 1, size, tree.read)).toEqual(
        definedSubproof(low + 1, entries.slice(0, size), true),
      );
    }),
  );
});
