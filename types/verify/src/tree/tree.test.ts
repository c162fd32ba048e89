import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { assert, asyncProperty, nat } from 'fast-check';
import { expect, test } from 'vitest';
import { KeptHashes } from '../testing/KeptHashes.ts';
import {
  CompactTree,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts';

/** The leaves and roots that Certificate Transparency's implementations have tested themselves with since RFC 6962. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test.each(roots.map((root, size) => [size, root] as const))(
  'the root of %i leaves is the published one',
  async (size, root) => {
    const kept = new KeptHashes(leaves.slice(0, size).map((leaf) => hexToBytes(leaf)));
    expect(bytesToHex(kept.tree.root())).toBe(root);
    expect(bytesToHex(await rootOf(size, kept.read))).toBe(root);
  },
);

test('every inclusion proof of trees up to 70 leaves is accepted, and for no other index, size, leaf or root', async () => {
  const kept = KeptHashes.ofSize(70);
  const shortened: boolean[] = [];
  for (let size = 1; size <= 70; size += 1) {
    const root = await rootOf(size, kept.read);
    for (let index = 0; index < size; index += 1) {
      const proof = await inclusionProof(index, size, kept.read);
      const claim = { leaf: kept.leafHash(index), index, size, root, proof };
      expect(verifyInclusion(claim)).toBe(true);
      expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
      expect(verifyInclusion({ ...claim, leaf: kept.leafHash((index + 1) % 70) })).toBe(false);
      expect(verifyInclusion({ ...claim, root: kept.leafHash(69) })).toBe(false);
      expect(verifyInclusion({ ...claim, proof: [...proof, root] })).toBe(false);
      if (size > 1) shortened.push(verifyInclusion({ ...claim, proof: proof.slice(1) }));
    }
  }
  expect(new Set(shortened)).toEqual(new Set([false]));
});

test('every consistency proof of trees up to 70 leaves is accepted, and for no other root', async () => {
  const kept = KeptHashes.ofSize(70);
  const changed: boolean[] = [];
  for (let to = 0; to <= 70; to += 1) {
    for (let from = 0; from <= to; from += 1) {
      const proof = await consistencyProof(from, to, kept.read);
      const claim = { from, fromRoot: await rootOf(from, kept.read), to, toRoot: await rootOf(to, kept.read), proof };
      expect(verifyConsistency(claim)).toBe(true);
      expect(verifyConsistency({ ...claim, proof: [...proof, emptyRoot()] })).toBe(false);
      // Only that a tree begins with the empty one says nothing about its own root.
      if (from > 0 && to > 1) changed.push(verifyConsistency({ ...claim, toRoot: kept.leafHash(0) }));
      expect(verifyConsistency({ ...claim, fromRoot: kept.leafHash(1) })).toBe(false);
      if (proof.length > 0) changed.push(verifyConsistency({ ...claim, proof: proof.slice(0, -1) }));
    }
  }
  expect(new Set(changed)).toEqual(new Set([false]));
});

test('a changed bit of a proof is found, at every place', async () => {
  const kept = KeptHashes.ofSize(300);
  await assert(
    asyncProperty(nat(299), nat(), nat(255), async (index, at, bit) => {
      const proof = await inclusionProof(index, 300, kept.read);
      const changed = proof.map((hash, place) => {
        const copy = Uint8Array.from(hash);
        const byte = Math.floor(bit / 8);
        if (place === at % proof.length) copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit % 8));
        return copy;
      });
      const claim = { leaf: kept.leafHash(index), index, size: 300, root: kept.tree.root() };
      expect(verifyInclusion({ ...claim, proof })).toBe(true);
      expect(verifyInclusion({ ...claim, proof: changed })).toBe(false);
    }),
  );
});

test('what is no number of leaves is refused and nothing is thrown', () => {
  const [leaf, root] = [emptyRoot(), emptyRoot()];
  for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(verifyInclusion({ leaf, index: bad, size: 4, root, proof: [] })).toBe(false);
    expect(verifyInclusion({ leaf, index: 0, size: bad, root, proof: [] })).toBe(false);
    expect(verifyConsistency({ from: bad, fromRoot: root, to: bad, toRoot: root, proof: [] })).toBe(false);
  }
  expect(verifyInclusion({ leaf: new Uint8Array(31), index: 0, size: 1, root: new Uint8Array(31), proof: [] })).toBe(
    false,
  );
});

test('proofs work beyond 32 bits', async () => {
  // A tree whose every complete subtree of one level has one hash: what 2^40 equal leaves give.
  const levels = [emptyRoot()];
  for (let level = 1; level <= 45; level += 1) {
    const below = levels[level - 1] ?? emptyRoot();
    levels.push(nodeHash(below, below));
  }
  const read = (nodes: readonly { level: number }[]) =>
    Promise.resolve(nodes.map(({ level }) => levels[level] ?? emptyRoot()));
  const [from, to] = [2 ** 33 + 5, 2 ** 40 + 12_345];
  const toRoot = await rootOf(to, read);
  const proof = await inclusionProof(from, to, read);
  expect(verifyInclusion({ leaf: emptyRoot(), index: from, size: to, root: toRoot, proof })).toBe(true);
  const consistency = await consistencyProof(from, to, read);
  const claim = { from, fromRoot: await rootOf(from, read), to, toRoot };
  expect(verifyConsistency({ ...claim, proof: consistency })).toBe(true);
  expect(verifyConsistency({ ...claim, from: from - 1, proof: consistency })).toBe(false);
});

test('a tree that is read again goes on as if it had never stopped', async () => {
  const kept = KeptHashes.ofSize(37);
  const again = await CompactTree.read(37, kept.read);
  expect(again.size).toBe(37);
  expect(again.root()).toEqual(kept.tree.root());
  expect(again.append(emptyRoot())).toEqual(kept.tree.copy().append(emptyRoot()));
  expect(() => CompactTree.of(39, again.subtrees)).toThrow(RangeError);
});
