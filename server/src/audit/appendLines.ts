import { CompactTree } from 'commonsight-verify/tree';
import { sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { auditEntries, auditHashes, auditValues } from '../db/schema.ts';
import type { SealedLine } from './sealLine.ts';
import { readTree } from './storedTree.ts';
import { tileHeight } from 'commonsight-verify/tiles';

/** What all servers on one database agree on: whoever holds this lock, to the end of its transaction, may append. */
const appendLock = 7_126_016_413;

/** Rows of one statement; PostgreSQL takes 65,535 values at most. */
const rowsPerInsert = 1_000;

type Rows = {
  entries: (typeof auditEntries.$inferInsert)[];
  values: (typeof auditValues.$inferInsert)[];
  hashes: (typeof auditHashes.$inferInsert)[];
};

/**
 * Appends lines to their logs within a transaction and answers the grown trees, which count once that is committed.
 * `known` are the trees that the caller has seen committed; where another server has appended since, the rows collide
 * with its rows (23505) and the caller reads the trees again.
 */
export async function appendLines(
  tx: Db,
  lines: readonly SealedLine[],
  known: ReadonlyMap<string, CompactTree>,
): Promise<Map<string, CompactTree>> {
  const grown = new Map<string, CompactTree>();
  if (lines.length === 0) return grown;
  await tx.execute(sql`select pg_advisory_xact_lock(${appendLock})`);
  const rows: Rows = { entries: [], values: [], hashes: [] };
  for (const { logId, leaf, hash, openings } of lines) {
    const tree = grown.get(logId) ?? known.get(logId)?.copy() ?? (await readTree(tx, logId));
    grown.set(logId, tree);
    const index = tree.size;
    rows.entries.push({ logId, index, leaf, hash });
    if (Object.keys(openings).length > 0) rows.values.push({ logId, index, openings });
    for (const subtree of tree.append(hash)) {
      if (subtree.level > 0 && subtree.level % tileHeight === 0) rows.hashes.push({ logId, ...subtree });
    }
  }
  for (const part of parts(rows.entries)) await tx.insert(auditEntries).values(part);
  for (const part of parts(rows.values)) await tx.insert(auditValues).values(part);
  for (const part of parts(rows.hashes)) await tx.insert(auditHashes).values(part);
  return grown;
}

function parts<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / rowsPerInsert) }, (_, at) =>
    rows.slice(at * rowsPerInsert, (at + 1) * rowsPerInsert),
  );
}
