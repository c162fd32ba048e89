import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { footageFiles, footageRecipients } from '../db/schema.ts';
import type { FileRow } from './footageRepository.ts';
import { batch, lockRecipient, updateRecipient } from './recipientRepository.ts';

export function listFiles(db: Db, recipientIds: readonly string[]): Promise<FileRow[]> {
  return db
    .select()
    .from(footageFiles)
    .where(inArray(footageFiles.recipientId, [...recipientIds]))
    .orderBy(asc(footageFiles.id));
}

export async function insertFile(tx: Db, row: typeof footageFiles.$inferInsert): Promise<void> {
  await tx.insert(footageFiles).values(row);
}

export async function findFile(db: Db, id: string): Promise<FileRow | null> {
  const [row] = await db.select().from(footageFiles).where(eq(footageFiles.id, id));
  return row ?? null;
}

/** Changes a file that was not received and is as it was read; false when it is not any more. */
export async function updateFile(
  db: Db,
  from: Pick<FileRow, 'id' | 'offsetBytes'>,
  change: Partial<typeof footageFiles.$inferInsert>,
): Promise<boolean> {
  const rows = await db
    .update(footageFiles)
    .set(change)
    .where(
      and(
        eq(footageFiles.id, from.id),
        eq(footageFiles.offsetBytes, from.offsetBytes),
        isNull(footageFiles.receivedAt),
      ),
    )
    .returning({ id: footageFiles.id });
  return rows.length > 0;
}

/**
 * Removes the record of a file that was not received; null when it was, or is gone. Whose last one it was has none on its way
 * any more. Run it in a transaction.
 */
export async function removeFile(
  tx: Db,
  { id, recipientId }: Pick<FileRow, 'id' | 'recipientId'>,
): Promise<FileRow | null> {
  // Before a file that begins now is counted, or after it.
  await lockRecipient(tx, recipientId);
  const [row] = await tx
    .delete(footageFiles)
    .where(and(eq(footageFiles.id, id), isNull(footageFiles.receivedAt)))
    .returning();
  if (row === undefined) return null;
  const left = await tx.$count(footageFiles, eq(footageFiles.recipientId, recipientId));
  if (left === 0) await updateRecipient(tx, recipientId, ['uploading'], { state: 'hasIt' });
  return row;
}

/** Removes the records of all that a contact has on its way, and says what they were. */
export function removeUnfinished(tx: Db, recipientId: string): Promise<FileRow[]> {
  return tx
    .delete(footageFiles)
    .where(and(eq(footageFiles.recipientId, recipientId), isNull(footageFiles.receivedAt)))
    .returning();
}

/** How many bytes were declared by all and have not arrived. */
export async function sumOutstanding(db: Db): Promise<number> {
  const bytes = sql<string>`coalesce(sum(${footageFiles.sizeBytes} - ${footageFiles.offsetBytes}), 0)`;
  const [row] = await db.select({ bytes }).from(footageFiles).where(isNull(footageFiles.receivedAt));
  return Number(row?.bytes ?? 0);
}

/** Those of the ids that a file has. */
export async function knownFileIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: footageFiles.id })
    .from(footageFiles)
    .where(inArray(footageFiles.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
}

/** Files that are not whole: those that have not gone on since the moment, and those whose deadline has come. */
export async function listAbandoned(db: Db, before: Date, now: Date): Promise<FileRow[]> {
  const rows = await db
    .select({ file: footageFiles })
    .from(footageFiles)
    .innerJoin(footageRecipients, eq(footageRecipients.id, footageFiles.recipientId))
    .where(
      and(
        isNull(footageFiles.receivedAt),
        or(lte(footageFiles.changedAt, before), lte(footageRecipients.deadline, now)),
      ),
    )
    .orderBy(asc(footageFiles.id))
    .limit(batch);
  return rows.map(({ file }) => file);
}
