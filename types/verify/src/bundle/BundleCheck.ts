import { equalBytes } from '../bytes/bytes.ts';
import type { Checkpoint } from '../checkpoint/checkpointText.ts';
import { parseVerifierKey, type VerifierKey } from '../note/keys.ts';
import { openNote } from '../note/signatures.ts';
import { CompactTree } from '../tree/CompactTree.ts';
import type { Hash } from '../tree/hashes.ts';
import { BundleFault } from './BundleFault.ts';
import { type EndLine, type EntryLine, type HeaderLine, sealText } from './bundleLines.ts';
import { CheckpointChain, isSameKey, type WitnessReport } from './CheckpointChain.ts';
import { EntryCheck, type OpeningCounts } from './EntryCheck.ts';
import type { ReadLine } from './readLine.ts';

export interface TrustedKeys {
  /**
   * The log's keys, from anywhere but the export. `asClaimed` takes the ones that the export names: then it is shown to
   * fit together, and not who made it.
   */
  log: readonly VerifierKey[] | 'asClaimed';
  /** Each of them has to have cosigned a checkpoint of the export. */
  witnesses?: readonly VerifierKey[];
  /** A checkpoint that was kept from earlier, opened: the export has to begin with it. */
  since?: Checkpoint;
}

export interface BundleReport {
  origin: string;
  size: number;
  scope: HeaderLine['scope'];
  entries: number;
  checkpoints: number;
  witnesses: readonly WitnessReport[];
  openings: OpeningCounts;
  /** Whether the log's key was given, or taken from the export itself. */
  logKey: 'trusted' | 'claimed';
  /** Whether the export begins with the kept checkpoint; `notCovered` if it does not reach it or shows no way from it. */
  since: 'notAsked' | 'consistent' | 'notCovered';
}

/** One export, line by line: header, checkpoints, then tiles each with their entries, then the end. Throws BundleFaults. */
export class BundleCheck {
  readonly #trusted: TrustedKeys;
  #header: HeaderLine | undefined;
  #logKeys: readonly VerifierKey[] = [];
  #chain: CheckpointChain | undefined;
  #entryCheck: EntryCheck | undefined;
  /** Grows with the entries as far as the kept checkpoint, where every entry from the first on is there. */
  #sinceTree: CompactTree | undefined;
  #hasEnded = false;

  constructor(trusted: TrustedKeys) {
    this.#trusted = trusted;
  }

  /** Where an entry is expected: what is to be blamed when a line cannot be read at all. */
  get nextEntry(): number | null {
    return this.#entryCheck?.next ?? null;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The digest is over all bytes before this line. It is only asked for where it is needed. */
  add(line: ReadLine, digest: () => Hash): void {
    if (this.#hasEnded) throw new BundleFault('wrongOrder', null, 'Something stands behind the end.');
    if (line.kind === 'header') return this.#start(line);
    if (!this.#header || !this.#chain) throw new BundleFault('wrongOrder', null, 'The header is missing.');
    switch (line.kind) {
      case 'checkpoint':
        if (this.#entryCheck) throw this.#misplaced('A checkpoint stands among the entries.');
        return this.#chain.add(line);
      case 'tile':
        return this.#entries(this.#header, this.#chain).addTile(line);
      case 'entry':
        return this.#addEntry(line, line.leaf, this.#entries(this.#header, this.#chain));
      case 'end':
        return this.#end(line, this.#header, this.#entries(this.#header, this.#chain), digest());
      default:
        return line satisfies never;
    }
  }

  report(): BundleReport {
    const [header, chain, entryCheck] = [this.#header, this.#chain, this.#entryCheck];
    if (!this.#hasEnded || !header || !chain || !entryCheck) {
      throw new BundleFault('cutShort', this.nextEntry, `${this.#placeText()}The export is cut short: it has no end.`);
    }
    return {
      origin: header.origin,
      size: header.size,
      scope: header.scope,
      entries: entryCheck.entries,
      checkpoints: chain.checkpoints.length,
      witnesses: chain.witnesses(),
      openings: entryCheck.counts,
      logKey: this.#trusted.log === 'asClaimed' ? 'claimed' : 'trusted',
      since: this.#judgeSince(chain),
    };
  }

  #start(header: HeaderLine): void {
    if (this.#header) throw this.#misplaced('A second header.');
    const { scope, size } = header;
    if (scope.from > scope.to || scope.to > size) {
      throw new BundleFault('malformed', null, `There are no entries ${scope.from} to ${scope.to} of ${size}.`);
    }
    const claimedWitnesses = readKeys(header.witnessKeys);
    this.#logKeys = this.#trusted.log === 'asClaimed' ? readKeys(header.logKeys) : this.#trusted.log;
    const trusted = this.#trusted.witnesses ?? [];
    const witnesses = [
      ...trusted,
      ...claimedWitnesses.filter((key) => !trusted.some((known) => isSameKey(known, key))),
    ];
    this.#header = header;
    this.#chain = new CheckpointChain(header, { log: this.#logKeys, witnesses }, trusted);
  }

  #entries({ scope }: HeaderLine, chain: CheckpointChain): EntryCheck {
    if (!this.#entryCheck) {
      this.#entryCheck = new EntryCheck(scope, chain.head());
      if (scope.kind === 'every' && scope.from === 0) this.#sinceTree = CompactTree.empty();
    }
    return this.#entryCheck;
  }

  #addEntry(line: EntryLine, leaf: Uint8Array | null, entryCheck: EntryCheck): void {
    const hash = entryCheck.addEntry(line, leaf);
    if (this.#sinceTree && this.#sinceTree.size < (this.#trusted.since?.size ?? 0)) this.#sinceTree.append(hash);
  }

  #end({ entries, note }: EndLine, { origin }: HeaderLine, entryCheck: EntryCheck, digest: Hash): void {
    entryCheck.end();
    if (entries !== entryCheck.entries) {
      const reason = `The export should have ${entries} entries and has ${entryCheck.entries}.`;
      throw new BundleFault('entryMissing', entryCheck.next, reason);
    }
    let text: string;
    try {
      ({ text } = openNote(note, this.#logKeys));
    } catch (error) {
      throw seal(error instanceof Error ? error.message : String(error));
    }
    if (text !== sealText(origin, digest)) throw seal('Something in it was changed after it was made.');
    this.#hasEnded = true;
  }

  #judgeSince(chain: CheckpointChain): BundleReport['since'] {
    const { since } = this.#trusted;
    if (!since) return 'notAsked';
    const own = chain.checkpoints.find(({ size }) => size === since.size)?.root;
    const root = this.#sinceTree?.size === since.size ? this.#sinceTree.root() : own;
    if (since.origin !== this.#header?.origin) {
      throw new BundleFault('checkpointWrong', null, `The kept checkpoint is of another log, ${since.origin}.`);
    }
    if (!root) return 'notCovered';
    if (!equalBytes(root, since.root)) {
      const reason = `The log signed two histories: its first ${since.size} entries are not those of the kept checkpoint.`;
      throw new BundleFault('forked', null, reason);
    }
    return 'consistent';
  }

  #misplaced(reason: string): BundleFault {
    return new BundleFault('wrongOrder', this.nextEntry, reason);
  }

  #placeText(): string {
    return this.nextEntry === null ? '' : `From entry ${this.nextEntry} on: `;
  }
}

function readKeys(texts: readonly string[]): VerifierKey[] {
  try {
    return texts.map(parseVerifierKey);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BundleFault('malformed', null, `A key in the header is damaged. ${reason}`);
  }
}

function seal(reason: string): BundleFault {
  return new BundleFault('sealWrong', null, `The export is not as the log sealed it. ${reason}`);
}
