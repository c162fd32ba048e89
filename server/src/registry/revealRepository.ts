import type { OwnReveal } from '@commonsight/types/registration';
import { mostRevealsAnHour } from '@commonsight/types/search';
import { and, desc, eq, gte, inArray } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { registrationReveals, registrations, users } from '../db/schema.ts';
import { isFindable, type RegistrationRow } from './registrationRepository.ts';

const hourMs = 60 * 60_000;
const mostOwnReveals = 100;

/** A registration that an operator may find. */
export async function findFindable(db: Db, agencyId: string, id: string, now: Date): Promise<RegistrationRow | null> {
  const [row] = await db
    .select()
    .from(registrations)
    .where(and(eq(registrations.agencyId, agencyId), eq(registrations.id, id), isFindable(now)));
  return row ?? null;
}

/** Writes a reveal down unless the user has made too many within the hour, or the registration is gone. */
export async function insertReveal(
  tx: Db,
  reveal: typeof registrationReveals.$inferInsert,
): Promise<'written' | 'tooMany' | 'gone'> {
  // One reveal of a user at a time: two at once would both find room for one.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, reveal.userId)).for('update');
  const since = new Date(reveal.at.getTime() - hourMs);
  const ofUser = and(eq(registrationReveals.userId, reveal.userId), gte(registrationReveals.at, since));
  if ((await tx.$count(registrationReveals, ofUser)) >= mostRevealsAnHour) return 'tooMany';
  if ((await findFindable(tx, reveal.agencyId, reveal.registrationId, reveal.at)) === null) return 'gone';
  await tx.insert(registrationReveals).values(reveal);
  return 'written';
}

/** What registrants read about the reveals of each, newest first. */
export async function listOwnReveals(db: Db, ids: readonly string[]): Promise<Map<string, OwnReveal[]>> {
  if (ids.length === 0) return new Map();
  const { registrationId, at, purpose } = registrationReveals;
  const rows = await db
    .select({ registrationId, at, purpose })
    .from(registrationReveals)
    .where(inArray(registrationId, [...ids]))
    .orderBy(desc(at));
  return new Map(
    [...Map.groupBy(rows, (row) => row.registrationId)].map(([id, of]) => [
      id,
      of.slice(0, mostOwnReveals).map((row) => ({ at: row.at.toISOString(), purpose: row.purpose })),
    ]),
  );
}
