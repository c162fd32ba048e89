import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { registrantLinks, registrantSessions } from '../db/schema.ts';

export type LinkRow = typeof registrantLinks.$inferSelect;
export type SessionRow = typeof registrantSessions.$inferSelect;

export async function insertLink(db: Db, row: typeof registrantLinks.$inferInsert): Promise<void> {
  await db.insert(registrantLinks).values(row);
}

/** Removes a link that has reached nobody. */
export async function removeLink(db: Db, id: string): Promise<void> {
  await db.delete(registrantLinks).where(eq(registrantLinks.id, id));
}

/** A link that can still be opened. */
export async function findLink(db: Db, secretHash: string, now: Date): Promise<LinkRow | null> {
  const [row] = await db.select().from(registrantLinks).where(isUsable(secretHash, now));
  return row ?? null;
}

/** Uses a link up; false when somebody else has. */
export async function useLink(db: Db, secretHash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(registrantLinks)
    .set({ usedAt: now })
    .where(isUsable(secretHash, now))
    .returning({ id: registrantLinks.id });
  return rows.length > 0;
}

export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await db.insert(registrantSessions).values(row);
}

export async function findSession(db: Db, secretHash: string, now: Date): Promise<SessionRow | null> {
  const [row] = await db
    .select()
    .from(registrantSessions)
    .where(and(eq(registrantSessions.secretHash, secretHash), gt(registrantSessions.expiresAt, now)));
  return row ?? null;
}

export async function removeSession(db: Db, id: string): Promise<void> {
  await db.delete(registrantSessions).where(eq(registrantSessions.id, id));
}

/** Removes links and sessions that open nothing any more. */
export async function removeOver(db: Db, now: Date): Promise<void> {
  await db.delete(registrantLinks).where(lte(registrantLinks.expiresAt, now));
  await db.delete(registrantSessions).where(lte(registrantSessions.expiresAt, now));
}

function isUsable(secretHash: string, now: Date) {
  return and(
    eq(registrantLinks.secretHash, secretHash),
    isNull(registrantLinks.usedAt),
    gt(registrantLinks.expiresAt, now),
  );
}
