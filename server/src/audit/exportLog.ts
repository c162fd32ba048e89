import type { AuditSearch } from '@commonsight/types/audit-event';
import { type BundleEntry, type OpeningOrMarker, writeBundle } from 'commonsight-verify/bundle';
import { commitmentsOf, decodeEntry } from 'commonsight-verify/entry';
import { parseVerifierKey } from 'commonsight-verify/note';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { readEntries, readSomeCheckpoints, type StoredEntry } from './logRepository.ts';
import type { LogSigner } from './LogSigner.ts';
import { findIndexes } from './searchLines.ts';
import { hashReader } from './storedTree.ts';
import { cosignedNote } from '../witnesses/cosignedNote.ts';
import { listLastCosignatures } from '../witnesses/witnessRepository.ts';

const entriesPerRead = 512;

/** A log has a checkpoint for each busy second; an export shows about this many of them, spread over its life. */
const mostCheckpoints = 100;

const encoder = new TextEncoder();

/**
 * An agency's log up to its last checkpoint as a stream for `commonsight-verify`: every entry, or those that a search
 * finds, with the values that have not been erased.
 */
export async function* exportLog(
  { db, signer }: { db: Db; signer: LogSigner },
  logId: string,
  search: Omit<AuditSearch, 'before'>,
): AsyncGenerator<Uint8Array> {
  const cosigned = logId === 'server' ? [] : await listLastCosignatures(db, logId);
  const spread = await readSomeCheckpoints(db, logId, mostCheckpoints);
  const bySize = new Map([...cosigned, ...spread].map(({ size, note }) => [size, { size, note }]));
  const stored = [...bySize.values()].toSorted((one, other) => one.size - other.size);
  // One that another key has signed proves nothing to who holds this one.
  const own = stored.filter(({ note }) => signer.open(logId, note) !== null);
  const head = own.at(-1);
  if (head === undefined) throw new CodedError('notFound');
  const { size } = head;
  const isChosen = Object.values(search).some((condition) => condition !== undefined);
  const checkpoints: string[] = [];
  for (const checkpoint of own) checkpoints.push(await cosignedNote(db, logId, checkpoint));
  yield* writeBundle({
    logKeys: signer.verifiersOf(logId),
    witnessKeys: cosigned.map(({ verifierKey }) => parseVerifierKey(verifierKey)),
    checkpoints,
    scope: { kind: isChosen ? 'chosen' : 'every', from: 0, to: size },
    entries: isChosen ? chosenEntries(db, logId, size, search) : everyEntry(db, logId, size),
    readHashes: hashReader(db, logId, size),
    sign: (text) => signer.signText(logId, text),
  });
}

async function* everyEntry(db: Db, logId: string, size: number): AsyncGenerator<BundleEntry> {
  for (let start = 0; start < size; start += entriesPerRead) {
    const entries = await readEntries(db, logId, start, Math.min(start + entriesPerRead, size));
    yield* entries.map(toBundleEntry);
  }
}

async function* chosenEntries(
  db: Db,
  logId: string,
  size: number,
  search: Omit<AuditSearch, 'before'>,
): AsyncGenerator<BundleEntry> {
  let next = 0;
  for (;;) {
    const indexes = await findIndexes(db, logId, search, { from: next, to: size, limit: entriesPerRead });
    for (const index of indexes) yield* (await readEntries(db, logId, index, index + 1)).map(toBundleEntry);
    if (indexes.length < entriesPerRead) return;
    next = (indexes.at(-1) ?? next) + 1;
  }
}

function toBundleEntry({ index, leaf, openings }: StoredEntry): BundleEntry {
  const bytes = encoder.encode(leaf);
  const entry = decodeEntry(bytes);
  const shown: Record<string, OpeningOrMarker> = {};
  if (entry !== undefined) {
    for (const name of commitmentsOf(entry).keys()) shown[name] = openings?.[name] ?? 'erased';
  }
  return { index, bytes, openings: shown };
}
