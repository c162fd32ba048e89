import { emptyRoot, type Hash, hashLength, nodeHash } from './hashes.ts';
import { assertSize, foldHashes, nodesOfRange, type ReadHashes, type TreeNode } from './nodes.ts';

export interface CompleteSubtree extends TreeNode {
  hash: Hash;
}

/**
 * A tree that only grows, held as the hashes of the complete subtrees that it consists of: about the logarithm of its
 * size. It cannot make proofs; those are made from kept hashes.
 */
export class CompactTree {
  #size: number;
  /** From left to right: the largest subtree first, one for each bit of the size. */
  readonly #subtrees: Hash[];

  private constructor(size: number, subtrees: Hash[]) {
    this.#size = size;
    this.#subtrees = subtrees;
  }

  static empty(): CompactTree {
    return new CompactTree(0, []);
  }

  /** The tree with these subtrees, as `subtrees` gave them. Throws if their number does not fit the size. */
  static of(size: number, subtrees: readonly Hash[]): CompactTree {
    assertSize(size);
    const wanted = nodesOfRange(0, size).length;
    if (subtrees.length !== wanted || subtrees.some((hash) => hash.length !== hashLength)) {
      throw new RangeError(`A tree of ${size} leaves has ${wanted} subtrees, not ${subtrees.length}.`);
    }
    return new CompactTree(size, [...subtrees]);
  }

  /** The tree of this size over kept hashes: how a writer goes on after a restart. */
  static async read(size: number, readHashes: ReadHashes): Promise<CompactTree> {
    assertSize(size);
    return CompactTree.of(size, await readHashes(nodesOfRange(0, size)));
  }

  get size(): number {
    return this.#size;
  }

  get subtrees(): readonly Hash[] {
    return [...this.#subtrees];
  }

  copy(): CompactTree {
    return new CompactTree(this.#size, [...this.#subtrees]);
  }

  /**
   * Appends a leaf by its hash and gives every subtree that it completes, its own hash at level 0 first: what has to be
   * kept for proofs.
   */
  append(leaf: Hash): CompleteSubtree[] {
    const completed: CompleteSubtree[] = [{ level: 0, index: this.#size, hash: leaf }];
    let hash = leaf;
    let index = this.#size;
    for (let level = 1; index % 2 === 1; level += 1) {
      const left = this.#subtrees.pop();
      if (!left) throw new Error(`The tree of ${this.#size} leaves lacks a subtree.`);
      hash = nodeHash(left, hash);
      index = (index - 1) / 2;
      completed.push({ level, index, hash });
    }
    this.#subtrees.push(hash);
    this.#size += 1;
    return completed;
  }

  root(): Hash {
    return this.#size === 0 ? emptyRoot() : foldHashes(this.#subtrees);
  }
}
