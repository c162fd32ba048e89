import { equalBytes } from '../bytes/bytes.ts';
import { emptyRoot, type Hash, hashLength, nodeHash } from './hashes.ts';

export interface InclusionClaim {
  /** The hash of the leaf, from `leafHash`. */
  leaf: Hash;
  index: number;
  size: number;
  root: Hash;
  proof: readonly Hash[];
}

export interface ConsistencyClaim {
  from: number;
  fromRoot: Hash;
  to: number;
  toRoot: Hash;
  proof: readonly Hash[];
}

/** RFC 9162, section 2.1.3.2. False for whatever does not fit, also for numbers that are none. */
export function verifyInclusion({ leaf, index, size, root, proof }: InclusionClaim): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, root);
}

/** RFC 9162, section 2.1.4.2. Every tree begins with the empty one and with itself; both take an empty proof. */
export function verifyConsistency({ from, fromRoot, to, toRoot, proof }: ConsistencyClaim): boolean {
  if (!isSize(from) || !isSize(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, emptyRoot());

  // A first tree that is one complete subtree stands in no proof: its root is what the proof starts from.
  const roots = rootsOfProof(from, to, isPowerOfTwo(from) ? [fromRoot, ...proof] : proof);
  return roots !== undefined && equalBytes(roots.from, fromRoot) && equalBytes(roots.to, toRoot);
}

/**
 * The roots over the first `from` and over all `to` leaves that a proof leads to, when its first hash is that of the
 * subtree which ends the first tree, also where RFC 9162 leaves that out. Undefined if it has not the shape of one. The
 * sizes are whole and `from` is the smaller one and not 0. Every hash of it goes into the second root: who knows that
 * root to be signed knows by this what the first one has to be.
 */
export function rootsOfProof(
  from: number,
  to: number,
  [first, ...rest]: readonly Hash[],
): { from: Hash; to: Hash } | undefined {
  if (!first || !areHashes([first, ...rest])) return undefined;
  let node = from - 1;
  let last = to - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  let fromHash = first;
  let toHash = first;
  for (const sibling of rest) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      fromHash = nodeHash(sibling, fromHash);
      toHash = nodeHash(sibling, toHash);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      toHash = nodeHash(toHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? { from: fromHash, to: toHash } : undefined;
}

/** Not by shifting: sizes go beyond 32 bits. */
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let power = 1;
  while (power < value) power *= 2;
  return power === value;
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function areHashes(hashes: readonly Hash[]): boolean {
  return hashes.every(({ length }) => length === hashLength);
}
