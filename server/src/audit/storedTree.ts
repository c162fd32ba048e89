import { type HashTile, tileHeight, tileReader, tileWidth } from 'commonsight-verify/tiles';
import { CompactTree, type Hash, type ReadHashes } from 'commonsight-verify/tree';
import { and, between, eq, max } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { auditEntries, auditHashes } from '../db/schema.ts';

/** How many entries the log has. */
export async function readSize(db: Db, logId: string): Promise<number> {
  const [row] = await db
    .select({ last: max(auditEntries.index) })
    .from(auditEntries)
    .where(eq(auditEntries.logId, logId));
  return row?.last === null || row === undefined ? 0 : row.last + 1;
}

/** The log's tree as it is stored: where a writer goes on. */
export async function readTree(db: Db, logId: string): Promise<CompactTree> {
  const size = await readSize(db, logId);
  return CompactTree.read(size, hashReader(db, logId, size));
}

/**
 * Reads hashes of the log's tree of this size. Kept are those of the leaves and of every eighth level, which is one row
 * for 256 entries; those between are computed.
 */
export function hashReader(db: Db, logId: string, size: number): ReadHashes {
  return tileReader(size, (tile) => readHashTile(db, logId, tile));
}

/** The tile's bytes; fewer than its width asks for when the log does not reach it. */
export async function readHashTile(db: Db, logId: string, { level, index, width }: HashTile): Promise<Uint8Array> {
  const first = index * tileWidth;
  const last = first + width - 1;
  const rows: { hash: Hash }[] =
    level === 0
      ? await db
          .select({ hash: auditEntries.hash })
          .from(auditEntries)
          .where(and(eq(auditEntries.logId, logId), between(auditEntries.index, first, last)))
          .orderBy(auditEntries.index)
      : await db
          .select({ hash: auditHashes.hash })
          .from(auditHashes)
          .where(
            and(
              eq(auditHashes.logId, logId),
              eq(auditHashes.level, level * tileHeight),
              between(auditHashes.index, first, last),
            ),
          )
          .orderBy(auditHashes.index);
  return Buffer.concat(rows.map(({ hash }) => hash));
}
