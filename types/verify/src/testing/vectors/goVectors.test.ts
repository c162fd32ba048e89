import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { toUtf8 } from '../../bytes/bytes.ts';
import { openCheckpoint, signCheckpoint } from '../../checkpoint/checkpoint.ts';
import { parseSignerKey } from '../../note/note.ts';
import { buildTile, tilePath, tilesOf } from '../../tiles/tiles.ts';
import { consistencyProof, inclusionProof, rootOf } from '../../tree/tree.ts';
import { KeptHashes } from '../KeptHashes.ts';
import vectors from './goVectors.json' with { type: 'json' };

const kept = KeptHashes.ofSize(vectors.sizes);
const sizes = Array.from({ length: vectors.sizes }, (_, at) => at + 1);

/** One hash over many hashes: Go's and ours are compared by it. */
async function digest(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const whole = sha256.create();
  for await (const piece of pieces) whole.update(piece);
  return bytesToHex(whole.digest());
}

test(`every root up to ${vectors.sizes} leaves is the one that Go's transparency log makes`, async () => {
  async function* roots() {
    for (const size of sizes) yield await rootOf(size, kept.read);
  }
  expect(await digest(roots())).toBe(vectors.roots);
});

test('every inclusion proof is', async () => {
  async function* proofs() {
    for (const size of sizes)
      for (let index = 0; index < size; index += 1) yield* await inclusionProof(index, size, kept.read);
  }
  expect(await digest(proofs())).toBe(vectors.inclusion);
});

test('every consistency proof is', async () => {
  async function* proofs() {
    for (const size of sizes)
      for (let from = 1; from <= size; from += 1) yield* await consistencyProof(from, size, kept.read);
  }
  expect(await digest(proofs())).toBe(vectors.consistency);
});

test('every tile is', async () => {
  async function* tiles() {
    for (const size of sizes) {
      for (const tile of tilesOf(size)) {
        yield toUtf8(`${tilePath(tile)}\n`);
        yield await buildTile(tile, kept.read);
      }
    }
  }
  expect(await digest(tiles())).toBe(vectors.tiles);
});

test('a checkpoint that Go signs is the one that is signed here, byte for byte', () => {
  const signer = parseSignerKey('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz');
  const checkpoint = { origin: 'PeterNeumann', size: vectors.sizes, root: kept.tree.root() };
  expect(openCheckpoint(vectors.checkpoint, { log: [signer.verifier] })).toMatchObject(checkpoint);
  expect(signCheckpoint(checkpoint, signer)).toBe(vectors.checkpoint);
});
