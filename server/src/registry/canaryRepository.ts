import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { canaries, registrations } from '../db/schema.ts';

export type CanaryRow = typeof canaries.$inferSelect;

export async function insertCanary(db: Db, canary: typeof canaries.$inferInsert): Promise<void> {
  await db.insert(canaries).values(canary);
}

export async function isCanary(db: Db, registrationId: string): Promise<boolean> {
  return (await db.$count(canaries, eq(canaries.registrationId, registrationId))) > 0;
}

/** An agency's canaries, the oldest first, each with the state of what it has become. */
export function listCanaries(db: Db, agencyId: string) {
  const { state, latitude, longitude } = registrations;
  return db
    .select({ canary: canaries, registration: { state, latitude, longitude } })
    .from(canaries)
    .leftJoin(registrations, eq(registrations.id, canaries.registrationId))
    .where(eq(canaries.agencyId, agencyId))
    .orderBy(asc(canaries.madeAt));
}

export async function findCanary(db: Db, agencyId: string, id: string): Promise<CanaryRow | null> {
  const [row] = await db
    .select()
    .from(canaries)
    .where(and(eq(canaries.agencyId, agencyId), eq(canaries.id, id)));
  return row ?? null;
}

export function listDueCanaries(db: Db, now: Date): Promise<CanaryRow[]> {
  return db.select().from(canaries).where(lte(canaries.dueAt, now)).orderBy(asc(canaries.dueAt));
}

/** Throws for one that was removed meanwhile, so that what would be done with it is not. */
export async function updateCanary(tx: Db, id: string, change: Partial<CanaryRow>): Promise<void> {
  const rows = await tx.update(canaries).set(change).where(eq(canaries.id, id)).returning({ id: canaries.id });
  if (rows.length === 0) throw new Error('A canary was removed meanwhile.');
}

/** Says what the one that has become this registration does next. */
export async function planCanary(
  db: Db,
  registrationId: string,
  plan: Pick<CanaryRow, 'next' | 'dueAt' | 'linkId'>,
): Promise<void> {
  await db.update(canaries).set(plan).where(eq(canaries.registrationId, registrationId));
}

/** Removes one that has not become a registration yet; false for any other. */
export async function removeWaitingCanary(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .delete(canaries)
    .where(and(eq(canaries.id, id), isNull(canaries.registrationId)))
    .returning({ id: canaries.id });
  return rows.length > 0;
}

export async function removeCanary(tx: Db, id: string): Promise<void> {
  await tx.delete(canaries).where(eq(canaries.id, id));
}
