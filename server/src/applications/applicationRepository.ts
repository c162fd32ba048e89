import { applicationDays, type ApplicationState, mostReceivedApplications } from '@commonsight/types/application';
import { verificationHours } from '@commonsight/types/registration';
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, or, type SQL } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { applications } from '../db/schema.ts';

export type ApplicationRow = typeof applications.$inferSelect;

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** What one step of the clock takes on; the rest waits for the next. */
const batch = 500;

/** What is left of what an applicant has said: nothing. */
export const erased = {
  sealed: null,
  wrappedKey: null,
  emailHash: null,
  language: null,
} satisfies Partial<ApplicationRow>;

export const verifyBy = ({ createdAt }: Pick<ApplicationRow, 'createdAt'>) =>
  new Date(createdAt.getTime() + verificationHours * hourMs);

export const erasedBy = ({ createdAt }: Pick<ApplicationRow, 'createdAt'>) =>
  new Date(createdAt.getTime() + applicationDays * dayMs);

export async function insertApplication(db: Db, row: typeof applications.$inferInsert): Promise<void> {
  await db.insert(applications).values(row);
}

export async function findApplication(db: Db, id: string): Promise<ApplicationRow | null> {
  const [row] = await db.select().from(applications).where(eq(applications.id, id));
  return row ?? null;
}

/** One that the agency knows of: the mail address is proved. */
export async function findReceived(db: Db, agencyId: string, id: string): Promise<ApplicationRow | null> {
  const row = await findApplication(db, id);
  return row === null || row.agencyId !== agencyId || row.state === 'unverified' ? null : row;
}

/** The one that a mailed link opens. */
export async function findLinked(db: Db, secretHash: string, now: Date): Promise<ApplicationRow | null> {
  const [row] = await db.select().from(applications).where(eq(applications.secretHash, secretHash));
  if (row === undefined) return null;
  const endsAt = row.state === 'unverified' ? verifyBy(row) : erasedBy(row);
  return endsAt > now ? row : null;
}

/** Those that wait, the oldest first, and after them approved ones that are not erased; one more than are answered. */
export function listReceived(db: Db, agencyId: string): Promise<ApplicationRow[]> {
  return db
    .select()
    .from(applications)
    .where(
      and(
        eq(applications.agencyId, agencyId),
        inArray(applications.state, ['waiting', 'approved']),
        isNotNull(applications.wrappedKey),
      ),
    )
    .orderBy(desc(applications.state), asc(applications.createdAt), asc(applications.id))
    .limit(mostReceivedApplications + 1);
}

export function countWaiting(db: Db, agencyId: string): Promise<number> {
  return db.$count(applications, and(eq(applications.agencyId, agencyId), eq(applications.state, 'waiting')));
}

/** Changes an application while it is in one of the states; null when it is not any more. */
export async function updateApplication(
  db: Db,
  { agencyId, id }: { agencyId: string; id: string },
  from: readonly ApplicationState[],
  change: Partial<typeof applications.$inferInsert>,
): Promise<ApplicationRow | null> {
  const [row] = await db
    .update(applications)
    .set(change)
    .where(and(eq(applications.agencyId, agencyId), eq(applications.id, id), inArray(applications.state, [...from])))
    .returning();
  return row ?? null;
}

/** How many links were mailed to an address since the moment. */
export function countMailed(db: Db, of: { agencyId: string; emailHash: string }, since: Date): Promise<number> {
  return db.$count(
    applications,
    and(
      eq(applications.agencyId, of.agencyId),
      eq(applications.emailHash, of.emailHash),
      gte(applications.mailedAt, since),
    ),
  );
}

/** Removes one whose mail address nobody has proved, without a trace; false when it was proved meanwhile. */
export async function removeUnverified(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .delete(applications)
    .where(and(eq(applications.id, id), eq(applications.state, 'unverified')))
    .returning({ id: applications.id });
  return rows.length > 0;
}

export function listUnmailed(db: Db): Promise<ApplicationRow[]> {
  return listDue(db, and(eq(applications.state, 'unverified'), isNull(applications.mailedAt)));
}

export function listUnverified(db: Db, now: Date): Promise<ApplicationRow[]> {
  const before = new Date(now.getTime() - verificationHours * hourMs);
  return listDue(db, and(eq(applications.state, 'unverified'), lte(applications.createdAt, before)));
}

/** Those whose applicants have not been told what was decided, and can be. */
export function listUntold(db: Db): Promise<ApplicationRow[]> {
  return listDue(
    db,
    and(
      inArray(applications.state, ['approved', 'refused']),
      isNull(applications.toldAt),
      isNotNull(applications.wrappedKey),
    ),
  );
}

/** Those of which something is left that may not be. */
export function listOld(db: Db, now: Date): Promise<ApplicationRow[]> {
  const before = new Date(now.getTime() - applicationDays * dayMs);
  const hasSomething = or(isNotNull(applications.wrappedKey), isNotNull(applications.secretHash));
  return listDue(
    db,
    and(
      inArray(applications.state, ['waiting', 'approved', 'refused']),
      lte(applications.createdAt, before),
      hasSomething,
    ),
  );
}

function listDue(db: Db, condition: SQL | undefined): Promise<ApplicationRow[]> {
  return db.select().from(applications).where(condition).orderBy(asc(applications.id)).limit(batch);
}
