import { toUtf8 } from '../bytes/bytes.ts';
import { CompactTree } from '../tree/CompactTree.ts';
import { type Hash, leafHash } from '../tree/hashes.ts';
import type { ReadHashes } from '../tree/nodes.ts';

/** A tree with every complete subtree's hash kept, as a server keeps them. */
export class KeptHashes {
  readonly tree = CompactTree.empty();
  readonly #hashes = new Map<string, Hash>();

  constructor(leaves: readonly Uint8Array[]) {
    for (const leaf of leaves) this.append(leaf);
  }

  static ofSize(size: number): KeptHashes {
    return new KeptHashes(Array.from({ length: size }, (_, at) => toUtf8(`leaf ${at}`)));
  }

  append(leaf: Uint8Array): void {
    for (const { level, index, hash } of this.tree.append(leafHash(leaf))) this.#hashes.set(`${level}/${index}`, hash);
  }

  leafHash(index: number): Hash {
    return this.#get(0, index);
  }

  readonly read: ReadHashes = (nodes) => Promise.resolve(nodes.map(({ level, index }) => this.#get(level, index)));

  #get(level: number, index: number): Hash {
    const hash = this.#hashes.get(`${level}/${index}`);
    if (!hash) throw new Error(`No hash is kept for ${level}/${index}.`);
    return hash;
  }
}
