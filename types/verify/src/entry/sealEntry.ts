import { toBase64 } from '../bytes/bytes.ts';
import { commit, makeSalt, type Opening } from './commitments.ts';
import { encodeEntry, type LogEntry } from './logEntry.ts';
import type { PlainValue } from './plainValues.ts';

/** An act as it is known when it happens, with the values of persons. */
export interface OpenEntry extends Omit<LogEntry, 'v' | 'actor' | 'sourceAddress' | 'committed'> {
  actor: PlainValue;
  sourceAddress: PlainValue;
  /** Further values of persons. */
  personal: Readonly<Record<string, PlainValue>>;
}

export interface SealedEntry {
  entry: LogEntry;
  /** The leaf. */
  bytes: Uint8Array;
  /** By the name of the field: what has to be kept in a place where it can be erased. */
  openings: Record<string, Opening>;
}

/** Replaces each value of a person by a commitment with a fresh salt. Null is no value and is not committed to. */
export function sealEntry({ actor, sourceAddress, personal, ...rest }: OpenEntry): SealedEntry {
  const openings: Record<string, Opening> = {};
  const close = (name: string, value: PlainValue): string => {
    const salt = makeSalt();
    openings[name] = { salt: toBase64(salt), value };
    return commit(name, value, salt);
  };
  const entry: LogEntry = {
    ...rest,
    v: 1,
    actor: actor === null ? null : close('actor', actor),
    sourceAddress: sourceAddress === null ? null : close('sourceAddress', sourceAddress),
    committed: Object.fromEntries(Object.entries(personal).map(([name, value]) => [name, close(name, value)])),
  };
  return { entry, bytes: encodeEntry(entry), openings };
}
