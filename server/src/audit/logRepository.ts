import { and, asc, between, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Opening } from 'commonsight-verify/entry';
import type { Db } from '../db/Database.ts';
import { auditCheckpoints, auditEntries, auditValues } from '../db/schema.ts';

/** An entry as it is stored, with the values that are still there. */
export interface StoredEntry {
  index: number;
  leaf: string;
  hash: Uint8Array;
  openings: Record<string, Opening> | null;
}

/** The logs that have an entry or a checkpoint. */
export async function listLogs(db: Db): Promise<string[]> {
  const [ofEntries, ofCheckpoints] = [
    await db.selectDistinct({ logId: auditEntries.logId }).from(auditEntries),
    await db.selectDistinct({ logId: auditCheckpoints.logId }).from(auditCheckpoints),
  ];
  return [...new Set([...ofEntries, ...ofCheckpoints].map(({ logId }) => logId))];
}

export async function countEntries(db: Db, logId: string): Promise<number> {
  return db.$count(auditEntries, eq(auditEntries.logId, logId));
}

/** Entries from `from` up to before `to`, by their index. */
export async function readEntries(db: Db, logId: string, from: number, to: number): Promise<StoredEntry[]> {
  return db
    .select({
      index: auditEntries.index,
      leaf: auditEntries.leaf,
      hash: auditEntries.hash,
      openings: auditValues.openings,
    })
    .from(auditEntries)
    .leftJoin(auditValues, and(eq(auditValues.logId, auditEntries.logId), eq(auditValues.index, auditEntries.index)))
    .where(and(eq(auditEntries.logId, logId), gte(auditEntries.index, from), lt(auditEntries.index, to)))
    .orderBy(asc(auditEntries.index));
}

/** The checkpoints of sizes from `from` to `to`. */
export async function readCheckpoints(
  db: Db,
  logId: string,
  { from, to }: { from: number; to: number },
): Promise<{ note: string }[]> {
  return db
    .select({ note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .where(and(eq(auditCheckpoints.logId, logId), between(auditCheckpoints.size, from, to)));
}

/** The last checkpoint and about `most` others, at even distances, by growing size. */
export async function readSomeCheckpoints(
  db: Db,
  logId: string,
  most: number,
): Promise<{ size: number; note: string }[]> {
  const numbered = db
    .select({
      size: auditCheckpoints.size,
      note: auditCheckpoints.note,
      place: sql<number>`row_number() over (order by ${auditCheckpoints.size} desc) - 1`.as('place'),
      count: sql<number>`count(*) over ()`.as('count'),
    })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.logId, logId))
    .as('numbered');
  return db
    .select({ size: numbered.size, note: numbered.note })
    .from(numbered)
    .where(sql`${numbered.place} % greatest(1, ${numbered.count} / ${most}::int) = 0`)
    .orderBy(asc(numbered.size));
}

export async function readLastCheckpoint(db: Db, logId: string): Promise<{ size: number; note: string } | null> {
  const [row] = await db
    .select({ size: auditCheckpoints.size, note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .where(eq(auditCheckpoints.logId, logId))
    .orderBy(desc(auditCheckpoints.size))
    .limit(1);
  return row ?? null;
}

/** Another server may have signed this size already: its checkpoint says the same, or a check will find it. */
export async function insertCheckpoint(db: Db, row: { logId: string; size: number; note: string }): Promise<void> {
  await db
    .insert(auditCheckpoints)
    .values({ ...row, signedAt: new Date() })
    .onConflictDoNothing();
}

/** The sizes of all logs, as far as they have entries. */
export async function readSizes(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .select({ logId: auditEntries.logId, size: sql<number>`max(${auditEntries.index}) + 1`.mapWith(Number) })
    .from(auditEntries)
    .groupBy(auditEntries.logId);
  return new Map(rows.map(({ logId, size }) => [logId, size]));
}
