import type { SignerKey, VerifierKey } from '../note/keys.ts';
import { NoteError } from '../note/NoteError.ts';
import { openNote, signNote } from '../note/signatures.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpointText.ts';

export interface Cosignature {
  witness: VerifierKey;
  atSeconds: number;
}

export interface OpenedCheckpoint extends Checkpoint {
  note: string;
  cosignatures: readonly Cosignature[];
}

export interface CheckpointKeys {
  /** The log's keys; after a change of keys the old one stands beside the new one. */
  log: readonly VerifierKey[];
  witnesses?: readonly VerifierKey[];
}

/** The checkpoint as a note signed by the log, whose key is named like the log. */
export function signCheckpoint(checkpoint: Checkpoint, log: SignerKey): string {
  if (log.verifier.kind !== 'ed25519' || log.verifier.name !== checkpoint.origin) {
    throw new NoteError('A log signs with an Ed25519 key that has its name.');
  }
  return signNote(formatCheckpoint(checkpoint), log);
}

/** Throws a NoteError unless the log itself signed it. Cosignatures of known witnesses are checked and given. */
export function openCheckpoint(note: string, { log, witnesses = [] }: CheckpointKeys): OpenedCheckpoint {
  const { text, verified } = openNote(note, [...log, ...witnesses]);
  const checkpoint = parseCheckpoint(text);
  const isOfLog = verified.some(
    ({ key }) => log.includes(key) && key.kind === 'ed25519' && key.name === checkpoint.origin,
  );
  if (!isOfLog) throw new NoteError('The checkpoint is not signed by the log that it names.');
  const cosignatures = verified.flatMap(({ key, cosignedAtSeconds }) =>
    cosignedAtSeconds === null ? [] : [{ witness: key, atSeconds: cosignedAtSeconds }],
  );
  return { ...checkpoint, note, cosignatures };
}
