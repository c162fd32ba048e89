import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of a leaf or of a subtree: 32 bytes. */
export type Hash = Uint8Array;

export const hashLength = 32;

// RFC 9162, section 2.1.1: different first bytes keep a leaf from passing as an inner node.
const leafPrefix = Uint8Array.of(0);
const nodePrefix = 1;

export function leafHash(leaf: Uint8Array): Hash {
  return sha256.create().update(leafPrefix).update(leaf).digest();
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const input = new Uint8Array(1 + 2 * hashLength);
  input[0] = nodePrefix;
  input.set(left, 1);
  input.set(right, 1 + hashLength);
  return sha256(input);
}

/** The root of the tree that has no leaf. */
export function emptyRoot(): Hash {
  return sha256(new Uint8Array());
}
