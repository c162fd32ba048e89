import { type AlarmKind, mostNoteLength, type WitnessAlarm } from '@commonsight/types/witness';
import { judgeByHashes, openCheckpoint, type OpenedCheckpoint } from 'commonsight-verify/checkpoint';
import {
  cosignNote,
  formatNote,
  NoteError,
  openNote,
  parseNote,
  type SignerKey,
  type VerifierKey,
} from 'commonsight-verify/note';
import { TileError, type HashTile, tileReader } from 'commonsight-verify/tiles';
import type { AlarmFolder } from './AlarmFolder.ts';
import type { KeptCheckpoints } from './KeptCheckpoints.ts';

/** Where the log is read. */
export interface ReadsLog {
  readCheckpoint(): Promise<string | null>;
  readTile(tile: HashTile): Promise<Uint8Array>;
}

export interface WitnessParts {
  readonly log: ReadsLog;
  /** The log's trusted keys, one at least. */
  readonly logKeys: readonly VerifierKey[];
  readonly signer: SignerKey;
  readonly kept: KeptCheckpoints;
  readonly alarms: AlarmFolder;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}

/** What one look at the log came to. */
export type Look =
  /** Found good, kept and cosigned; `note` has this witness's cosignature. */
  | { readonly outcome: 'cosigned'; readonly size: number; readonly note: string }
  | { readonly outcome: 'nothingYet' }
  /** Not good, and not yet for so long that it could be no accident. */
  | { readonly outcome: 'suspected'; readonly reason: string }
  | { readonly outcome: 'alarm'; readonly alarm: WitnessAlarm };

/** Two histories are a proof at once; the rest could be a copy on the way or a server in the middle of a start. */
export const patienceMs = 6_000;

interface Finding {
  readonly kind: AlarmKind;
  readonly seenNote: string;
  readonly seenSize: number | null;
  /** In base64; it proves a fork of two sizes. */
  readonly proof: readonly string[];
}

/**
 * Looks at the log again and again, keeps what goes on from what it kept before, and cosigns nothing else. All of its
 * state is in files, so that a crash at any point loses nothing: a checkpoint is kept before it is cosigned. One process
 * at a time may look.
 */
export class Witness {
  #suspicion: { kind: AlarmKind; sinceMs: number } | null = null;

  /** Rejects when the log cannot be read or nothing can be kept: then nothing is known. */
  async look(parts: WitnessParts): Promise<Look> {
    const standing = await parts.alarms.read();
    if (standing !== null) return { outcome: 'alarm', alarm: standing };
    const kept = await parts.kept.last(parts.logKeys);
    const note = await parts.log.readCheckpoint();
    // A log that was there and is away is one that was taken back.
    if (note === null && kept === null) return { outcome: 'nothingYet' };
    const judged: OpenedCheckpoint | Finding =
      note === null ? { kind: 'rolledBack', seenNote: '', seenSize: null, proof: [] } : await judge(parts, kept, note);
    if ('kind' in judged) return this.#raise(parts, kept, judged);
    this.#suspicion = null;
    if (judged.size !== kept?.size) await parts.kept.keep(judged);
    return { outcome: 'cosigned', size: judged.size, note: cosign(judged, parts) };
  }

  async #raise({ alarms, now }: WitnessParts, kept: OpenedCheckpoint | null, finding: Finding): Promise<Look> {
    const { kind, seenNote, seenSize, proof } = finding;
    if (this.#suspicion?.kind !== kind) this.#suspicion = { kind, sinceMs: now() };
    if (kind !== 'forked' && now() - this.#suspicion.sinceMs < patienceMs) {
      return { outcome: 'suspected', reason: kind };
    }
    const alarm: WitnessAlarm = {
      kind,
      since: new Date(now()).toISOString(),
      keptSize: kept?.size ?? 0,
      seenSize,
      keptNote: kept?.note ?? '',
      seenNote: keepable(seenNote),
    };
    await alarms.raise(alarm, proof);
    this.#suspicion = null;
    return { outcome: 'alarm', alarm: (await alarms.read()) ?? alarm };
  }
}

/** A signed note stays as it is; of what is none, as much as fits and as can be kept anywhere. */
function keepable(note: string): string {
  const text = note.slice(0, mostNoteLength).toWellFormed();
  return text.replaceAll(/[^\P{Cc}\n]/gu, '?');
}

/** The checkpoint, if it may be cosigned, with the log's signatures alone; or what is wrong with it. */
async function judge(
  { log, logKeys, kept: all }: WitnessParts,
  kept: OpenedCheckpoint | null,
  note: string,
): Promise<OpenedCheckpoint | Finding> {
  const next = open(note, logKeys);
  if (next === null) return { kind: 'otherKey', seenNote: note, seenSize: null, proof: [] };
  const found = { seenNote: next.note, seenSize: next.size, proof: [] };
  if (kept === null) return next;
  try {
    const { succession, proof } = await judgeByHashes(
      kept,
      next,
      tileReader(next.size, (tile) => log.readTile(tile)),
    );
    switch (succession) {
      case 'same':
      case 'grown':
        return next;
      case 'forked':
        return { ...found, kind: 'forked', proof: proof.map((hash) => Buffer.from(hash).toString('base64')) };
      case 'shorter': {
        const earlier = await all.ofSize(next.size, logKeys);
        const isOther = earlier !== null && Buffer.compare(earlier.root, next.root) !== 0;
        return { ...found, kind: isOther ? 'forked' : 'rolledBack' };
      }
      case 'otherLog':
        return { ...found, kind: 'otherKey' };
      case 'unproven':
        return { ...found, kind: 'unproven' };
      default:
        return succession satisfies never;
    }
  } catch (error) {
    if (error instanceof TileError) return { ...found, kind: 'unproven' };
    throw error;
  }
}

/** Null unless a trusted key signed it. What others have added below is left out: it is theirs to vouch for. */
function open(note: string, log: readonly VerifierKey[]): OpenedCheckpoint | null {
  try {
    const { text, verified } = openNote(note, log);
    const bare = formatNote({
      text,
      signatures: parseNote(note).signatures.filter(({ name, id }) =>
        verified.some(({ key }) => key.name === name && key.id === id),
      ),
    });
    return openCheckpoint(bare, { log });
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

function cosign({ note }: OpenedCheckpoint, { signer, now }: WitnessParts): string {
  return cosignNote(note, signer, Math.floor(now() / 1_000));
}
