import { type Hash, nodeHash } from './hashes.ts';

/**
 * A complete subtree: the hash over the 2^level leaves that start at index * 2^level. Level 0 are the leaves. Such a
 * hash never changes once its last leaf is there, so these are the hashes to keep.
 */
export interface TreeNode {
  level: number;
  index: number;
}

/**
 * Reads kept hashes, in the order in which they were asked for. All that a proof needs are asked for at once, so that a
 * database answers with one query.
 */
export type ReadHashes = (nodes: readonly TreeNode[]) => Promise<readonly Hash[]>;

/** The largest power of two below the size; the size is at least 2. RFC 9162 calls it k. */
export function splitOf(size: number): number {
  // Not by shifting: sizes go beyond 32 bits.
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/**
 * The complete subtrees that the leaves from start up to end consist of, from left to right, largest first. Start has
 * to be where such a range begins in a tree: 0, or a multiple of the power of two that its length fits in.
 */
export function nodesOfRange(start: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (at + 2 ** (level + 1) <= end) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** The root over adjacent complete subtrees, given from left to right. */
export function foldHashes(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

export function assertSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`${size} is not the size of a tree.`);
}
