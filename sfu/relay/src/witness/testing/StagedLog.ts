import { signCheckpoint } from 'commonsight-verify/checkpoint';
import { makeSignerKey, type SignerKey } from 'commonsight-verify/note';
import { buildTile, type HashTile } from 'commonsight-verify/tiles';
import { TrainingLog } from 'commonsight-verify/testing';
import { rootOf } from 'commonsight-verify/tree';
import type { ReadsLog } from '../Witness.ts';

/** Sealed once: it takes a while. */
const { entries } = TrainingLog.ofSize(300);

const agencyId = '019b8d3c-0000-7000-8000-00000000000a';

/** A log of 300 entries as a server shows it: at any size, and rewritten as whoever holds its key could do it. */
export class StagedLog implements ReadsLog {
  readonly signer: SignerKey;
  #log: TrainingLog;
  /** What is served as the checkpoint; null: none is. */
  note: string | null = null;
  /** Stands in for every tile, when it is set. */
  tiles: Uint8Array | null = null;
  reads = 0;

  constructor(signer = makeSignerKey(`city.example/log/${agencyId}`, 'ed25519')) {
    this.signer = signer;
    this.#log = StagedLog.#build(entries, signer);
  }

  /** Serves this size from now on, signed by the log's key or another one. */
  async show(size: number, signer = this.signer): Promise<void> {
    const root = await rootOf(size, this.#log.kept.read);
    this.note = signCheckpoint({ origin: signer.verifier.name, size, root }, signer);
  }

  /** Writes another history, from the first entry on. */
  rewrite(): void {
    this.#log = StagedLog.#build([...entries.slice(1), ...entries.slice(0, 1)], this.signer);
  }

  async readCheckpoint(): Promise<string | null> {
    this.reads += 1;
    return this.note;
  }

  async readTile(tile: HashTile): Promise<Uint8Array> {
    if (this.tiles !== null) return this.tiles;
    // A size that the log has not: what a server would answer then.
    return buildTile(tile, this.#log.kept.read).catch(() => new Uint8Array());
  }

  static #build(history: typeof entries, signer: SignerKey): TrainingLog {
    const log = new TrainingLog(signer);
    for (const entry of history) log.append(entry);
    return log;
  }
}
