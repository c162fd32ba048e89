import { and, eq, gt, gte, isNull, lte } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { footageLinks } from '../db/schema.ts';

type LinkRow = typeof footageLinks.$inferSelect;

export async function insertLink(db: Db, row: typeof footageLinks.$inferInsert): Promise<void> {
  await db.insert(footageLinks).values(row);
}

/** How many links were mailed to a contact since the moment. */
export function countLinks(db: Db, recipientId: string, since: Date): Promise<number> {
  const isIt = and(eq(footageLinks.recipientId, recipientId), eq(footageLinks.isSession, false));
  return db.$count(footageLinks, and(isIt, gte(footageLinks.createdAt, since)));
}

/** A link that was mailed and is not over, used or not. */
export async function findLink(db: Db, secretHash: string, now: Date): Promise<LinkRow | null> {
  const [row] = await db.select().from(footageLinks).where(isLink(secretHash, now));
  return row ?? null;
}

/** Uses a link up; false when somebody else has. */
export async function useLink(db: Db, secretHash: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(footageLinks)
    .set({ usedAt: now })
    .where(and(isLink(secretHash, now), isNull(footageLinks.usedAt)))
    .returning({ id: footageLinks.id });
  return rows.length > 0;
}

function isLink(secretHash: string, now: Date) {
  return and(
    eq(footageLinks.secretHash, secretHash),
    eq(footageLinks.isSession, false),
    gt(footageLinks.expiresAt, now),
  );
}

/** Removes a link whose mail could not be sent. */
export async function removeLink(db: Db, id: string): Promise<void> {
  await db.delete(footageLinks).where(eq(footageLinks.id, id));
}

/** Ends what was opened from an own page, by the registrant's session or the owner's link that opened it. */
export async function removeOpenedBy(tx: Db, id: string): Promise<void> {
  await tx.delete(footageLinks).where(eq(footageLinks.openedBy, id));
}

export async function removeLinksOver(db: Db, now: Date): Promise<void> {
  await db.delete(footageLinks).where(lte(footageLinks.expiresAt, now));
}
