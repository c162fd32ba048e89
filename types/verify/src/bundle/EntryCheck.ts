import { equalBytes, fromBase64 } from '../bytes/bytes.ts';
import type { Checkpoint } from '../checkpoint/checkpointText.ts';
import { opensWith } from '../entry/commitments.ts';
import { commitmentsOf, type LogEntry } from '../entry/logEntry.ts';
import { readTile } from '../tiles/hashTiles.ts';
import { tileWidth, widthIn } from '../tiles/tilePaths.ts';
import { verifyInclusion } from '../tree/checkProofs.ts';
import { CompactTree } from '../tree/CompactTree.ts';
import { type Hash, leafHash } from '../tree/hashes.ts';
import { BundleFault, type FaultCode } from './BundleFault.ts';
import { type EntryLine, type HeaderLine, readHashTexts, type TileLine } from './bundleLines.ts';

export interface OpeningCounts {
  opened: number;
  erased: number;
  withheld: number;
}

interface OpenTile {
  start: number;
  hashes: readonly Hash[];
}

/** The entries of an export against the tree of its last checkpoint. */
export class EntryCheck {
  readonly #scope: HeaderLine['scope'];
  readonly #head: Checkpoint;
  readonly #counts: OpeningCounts = { opened: 0, erased: 0, withheld: 0 };
  #tile: OpenTile | undefined;
  /** Where the next entry may be at the earliest; in an export of every entry, where it is. */
  #next: number;
  #entries = 0;

  constructor(scope: HeaderLine['scope'], head: Checkpoint) {
    this.#scope = scope;
    this.#head = head;
    this.#next = scope.from;
  }

  get entries(): number {
    return this.#entries;
  }

  get counts(): OpeningCounts {
    return { ...this.#counts };
  }

  /** Where an entry is expected: what is to be blamed when a line cannot be read at all. */
  get next(): number {
    return this.#next;
  }

  addTile({ index, hashes, proof }: TileLine): void {
    const { size, root } = this.#head;
    const start = index * tileWidth;
    const width = widthIn(size, 0, index);
    const end = start + width;
    if (this.#scope.kind === 'every' && index !== Math.floor(this.#next / tileWidth)) {
      throw this.#fault('entryMissing', `Entry ${this.#next} is missing: hashes from ${start} on come next.`);
    }
    if (width === 0 || end <= this.#next || (this.#tile && start <= this.#tile.start)) {
      throw this.#fault('wrongOrder', `Hashes of entries from ${start} on have no place here.`);
    }
    const leaves = readTile(fromBase64(hashes) ?? new Uint8Array(), width);
    const path = readHashTexts(proof);
    const tree = CompactTree.empty();
    for (const leaf of leaves ?? []) tree.append(leaf);
    const tiles = Math.ceil(size / tileWidth);
    if (!leaves || !path || !verifyInclusion({ leaf: tree.root(), index, size: tiles, root, proof: path })) {
      const first = Math.max(start, this.#next);
      const reason = `the hashes of entries ${start} to ${end - 1} do not lead to the signed checkpoint.`;
      throw new BundleFault('tileWrong', first, `From entry ${first} on: ${reason}`);
    }
    this.#tile = { start, hashes: leaves };
  }

  /** Gives the hash of the leaf, whose bytes have to be those of the entry. Both are null for what is no entry. */
  addEntry({ index, entry, openings }: EntryLine, leaf: Uint8Array | null): Hash {
    this.#assertPlace(index);
    const expected = this.#tile?.hashes[index - this.#tile.start];
    if (!expected) throw this.#fault('wrongOrder', `Entry ${index} stands before the hash that proves it.`);
    const hash = leaf && leafHash(leaf);
    if (!hash || !entry || !equalBytes(hash, expected)) {
      throw new BundleFault('entryChanged', index, `Entry ${index} is not the one that the log signed.`);
    }
    this.#checkOpenings(index, entry, openings);
    this.#next = index + 1;
    this.#entries += 1;
    return hash;
  }

  end(): void {
    if (this.#scope.kind === 'every' && this.#next !== this.#scope.to) {
      throw this.#fault(
        'entryMissing',
        `Entry ${this.#next} is missing: the entries should go up to ${this.#scope.to - 1}.`,
      );
    }
  }

  #assertPlace(index: number): void {
    if (index < this.#next) {
      throw this.#fault('entryMisplaced', `Entry ${index} stands twice, or behind a later one.`);
    }
    if (index >= this.#scope.to) throw this.#fault('entryMisplaced', `Entry ${index} is not of this export.`);
    if (this.#scope.kind === 'every' && index !== this.#next) {
      throw this.#fault('entryMissing', `Entry ${this.#next} is missing: entry ${index} comes instead.`);
    }
  }

  #checkOpenings(index: number, entry: LogEntry, openings: EntryLine['openings']): void {
    const commitments = commitmentsOf(entry);
    const bad = (reason: string): BundleFault => new BundleFault('openingWrong', index, `Entry ${index}: ${reason}`);
    for (const name of Object.keys(openings)) {
      if (!commitments.has(name)) throw bad(`it has no committed value called ${name}.`);
    }
    for (const [name, commitment] of commitments) {
      const opening = Object.hasOwn(openings, name) ? openings[name] : undefined;
      if (opening === undefined) throw bad(`nothing is said about its value ${name}, not even that it was erased.`);
      if (typeof opening === 'string') {
        this.#counts[opening] += 1;
      } else if (opensWith(commitment, name, opening)) {
        this.#counts.opened += 1;
      } else {
        throw bad(`the value ${name} is not the one that was committed to.`);
      }
    }
  }

  #fault(code: FaultCode, reason: string): BundleFault {
    return new BundleFault(code, this.#next, reason);
  }
}
