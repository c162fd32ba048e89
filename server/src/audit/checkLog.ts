import { setImmediate as turn } from 'node:timers/promises';
import { type Checkpoint, parseCheckpoint } from 'commonsight-verify/checkpoint';
import { opensWith, commitmentsOf, decodeEntry } from 'commonsight-verify/entry';
import { parseNote } from 'commonsight-verify/note';
import { tileHeight, tileWidth } from 'commonsight-verify/tiles';
import { CompactTree, type Hash, leafHash } from 'commonsight-verify/tree';
import type { Db } from '../db/Database.ts';
import { AuditLogError } from './AuditLogError.ts';
import { countEntries, readCheckpoints, readEntries, type StoredEntry } from './logRepository.ts';
import type { LogSigner } from './LogSigner.ts';
import { hashReader, readSize } from './storedTree.ts';

/** Read at once; a multiple of a tile's width. */
const entriesPerRead = 4 * tileWidth;

const encoder = new TextEncoder();

export interface LogToCheck {
  db: Db;
  logId: string;
  signer: LogSigner;
  /** Checkpoints that this server's key has signed and that were kept elsewhere. */
  kept: readonly Checkpoint[];
}

/** That no entry is missing before the end, and none behind what was signed. Answers the size. */
export async function checkSize({ db, logId, signer, kept }: LogToCheck): Promise<number> {
  const origin = signer.originOf(logId);
  const size = await readSize(db, logId);
  const signed = Math.max(0, ...kept.map((checkpoint) => checkpoint.size));
  if (signed > size) {
    throw new AuditLogError(
      `The audit log ${origin} was cut: ${signed} entries were signed and ${size} are left. ` +
        'Restore the database, or find out who changed it.',
    );
  }
  const count = await countEntries(db, logId);
  if (count !== size) throw changed(origin, `${size - count} of its ${size} entries are missing`);
  return size;
}

/**
 * Reads the entries of the log from `from` on, a multiple of a tile's width, and builds the tree over them again: every
 * leaf, every stored hash, every value beside a commitment and every checkpoint must be what the tree says. Throws with
 * the first thing that is not. What is before `from` counts as its stored hashes.
 */
export async function checkEntries(log: LogToCheck, from: number, to: number): Promise<void> {
  const { db, logId, signer } = log;
  const origin = signer.originOf(logId);
  const stored = hashReader(db, logId, to);
  const tree = from === 0 ? CompactTree.empty() : await CompactTree.read(from, stored);
  const roots = await signedRoots(log, from, to);
  const checkRoot = () => {
    if (roots.get(tree.size)?.some((root) => !isSame(root, tree.root())) === true) {
      throw changed(origin, `its first ${tree.size} entries are not those that were signed`);
    }
  };
  checkRoot();
  for (let start = from; start < to; start += entriesPerRead) {
    const entries = await readEntries(db, logId, start, Math.min(start + entriesPerRead, to));
    for (const entry of entries) {
      if (entry.index !== tree.size) throw changed(origin, `entry ${tree.size} is missing`);
      const fault = faultOf(entry);
      if (fault !== null) throw changed(origin, `entry ${entry.index} ${fault}`);
      for (const { level, index, hash } of tree.append(entry.hash)) {
        if (level === 0 || level % tileHeight > 0) continue;
        const [kept] = await stored([{ level, index }]);
        if (kept === undefined || !isSame(kept, hash))
          throw changed(origin, `the hash ${level}/${index} is another one`);
      }
      checkRoot();
    }
    // A server that already works must not stand still for it.
    await turn();
  }
  if (tree.size !== to) throw changed(origin, `entry ${tree.size} is missing`);
}

/** What is wrong with the entry by itself. */
function faultOf({ leaf, hash, openings }: StoredEntry): string | null {
  const bytes = encoder.encode(leaf);
  if (!isSame(leafHash(bytes), hash)) return 'is not the one that was written';
  const entry = decodeEntry(bytes);
  if (entry === undefined) return 'is no entry of a log';
  const commitments = commitmentsOf(entry);
  for (const [name, opening] of Object.entries(openings ?? {})) {
    const commitment = commitments.get(name);
    if (commitment === undefined || !opensWith(commitment, name, opening)) return `has another ${name} beside it`;
  }
  return null;
}

/**
 * Every root that stands in a checkpoint for a size within the stretch, whether stored beside the log or kept elsewhere.
 * Of the stored ones the signature is not asked: there are many, and a root that is not the tree's is a change anyway.
 */
async function signedRoots({ db, logId, kept }: LogToCheck, from: number, to: number): Promise<Map<number, Hash[]>> {
  const roots = new Map<number, Hash[]>();
  const stored = await readCheckpoints(db, logId, { from, to });
  for (const { size, root } of [...stored.map(({ note }) => parseCheckpoint(parseNote(note).text)), ...kept]) {
    if (size >= from && size <= to) roots.set(size, [...(roots.get(size) ?? []), root]);
  }
  return roots;
}

function changed(origin: string, what: string): AuditLogError {
  return new AuditLogError(
    `The audit log ${origin} was changed: ${what}. Restore the database, or find out who changed it.`,
  );
}

function isSame(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}
