import { type Area, verificationHours } from '@commonsight/types/registration';
import { and, asc, count, eq, exists, gt, gte, inArray, isNotNull, lte, not, or, sql, type SQL } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import {
  agencies,
  footageLinks,
  footageRecipients,
  registrantLinks,
  registrantSessions,
  registrations,
} from '../db/schema.ts';

export type RegistrationRow = typeof registrations.$inferSelect;

const hourMs = 60 * 60_000;
/** What one step of the clock takes on; the rest waits for the next. */
const batch = 500;

/** What a registrant reaches of the own registrations. */
const ownStates = ['active', 'paused', 'dormant'] as const;

export interface RegistryAgency {
  id: string;
  name: string;
  area: Area | null;
}

const agencyFields = { id: agencies.id, name: agencies.name, area: agencies.area };

/** The agencies that keep a registry: those with an area. */
export async function listRegistryAgencies(db: Db): Promise<(RegistryAgency & { area: Area })[]> {
  const rows = await db.select(agencyFields).from(agencies).where(isNotNull(agencies.area)).orderBy(asc(agencies.name));
  return rows.flatMap(({ area, ...row }) => (area === null ? [] : [{ ...row, area }]));
}

/** The agencies that anybody may ask about registrations: those with an area, and those that have closed theirs and keep some. */
export function listKeepingAgencies(db: Db): Promise<RegistryAgency[]> {
  const kept = db
    .select({ id: registrations.id })
    .from(registrations)
    .where(and(eq(registrations.agencyId, agencies.id), inArray(registrations.state, [...ownStates])));
  return db
    .select(agencyFields)
    .from(agencies)
    .where(or(isNotNull(agencies.area), exists(kept)))
    .orderBy(asc(agencies.name));
}

export async function findRegistryAgency(db: Db, id: string): Promise<RegistryAgency | null> {
  const [row] = await db.select(agencyFields).from(agencies).where(eq(agencies.id, id));
  return row ?? null;
}

export async function setRegistryArea(db: Db, id: string, area: Area | null): Promise<void> {
  await db.update(agencies).set({ area }).where(eq(agencies.id, id));
}

/** How many registrations an agency has in each state but `deleted`. */
export async function countByState(db: Db, agencyId: string) {
  const rows = await db
    .select({ state: registrations.state, count: count() })
    .from(registrations)
    .where(eq(registrations.agencyId, agencyId))
    .groupBy(registrations.state);
  const of = (state: RegistrationRow['state']) => rows.find((row) => row.state === state)?.count ?? 0;
  return { unverified: of('unverified'), active: of('active'), paused: of('paused'), dormant: of('dormant') };
}

export async function insertRegistrations(db: Db, rows: readonly (typeof registrations.$inferInsert)[]): Promise<void> {
  await db.insert(registrations).values([...rows]);
}

/** The registrations of a mail address that are verified and not deleted, the oldest first. */
export function listOwn(db: Db, of: { agencyId: string; emailHash: string }): Promise<RegistrationRow[]> {
  return db.select().from(registrations).where(isOwn(of)).orderBy(asc(registrations.id));
}

export async function findOwn(
  db: Db,
  of: { agencyId: string; emailHash: string },
  id: string,
): Promise<RegistrationRow | null> {
  const [row] = await db
    .select()
    .from(registrations)
    .where(and(isOwn(of), eq(registrations.id, id)));
  return row ?? null;
}

/** Changes a registration while it is in one of the states; null when it is not any more. */
export async function updateRegistration(
  db: Db,
  { agencyId, id }: { agencyId: string; id: string },
  from: readonly RegistrationRow['state'][],
  change: Partial<typeof registrations.$inferInsert>,
): Promise<RegistrationRow | null> {
  const [row] = await db
    .update(registrations)
    .set(change)
    .where(and(eq(registrations.agencyId, agencyId), eq(registrations.id, id), inArray(registrations.state, [...from])))
    .returning();
  return row ?? null;
}

/**
 * Erases a registration: its wrapped key, all that was said about the camera, and the links and sessions that lead to
 * nothing else. Its id, its consent and its moments stay. False when it was erased before. Run it in a transaction.
 */
export async function eraseRegistration(
  tx: Db,
  { agencyId, id }: { agencyId: string; id: string },
  now: Date,
): Promise<boolean> {
  const [before] = await tx
    .select({ emailHash: registrations.emailHash })
    .from(registrations)
    .where(and(eq(registrations.agencyId, agencyId), eq(registrations.id, id)));
  const erased = await updateRegistration(tx, { agencyId, id }, ['unverified', ...ownStates], {
    state: 'deleted',
    deletedAt: now,
    ...emptied,
  });
  if (erased === null) return false;
  await tx.delete(registrantLinks).where(eq(registrantLinks.registrationId, id));
  const emailHash = before?.emailHash ?? null;
  if (emailHash !== null) await forgetEmail(tx, { agencyId, emailHash });
  return true;
}

const emptied = {
  kind: null,
  placement: null,
  address: null,
  latitude: null,
  longitude: null,
  bearingDegrees: null,
  angleDegrees: null,
  rangeMetres: null,
  covers: null,
  retentionDays: null,
  recording: null,
  clockOffsetSeconds: null,
  sealed: null,
  wrappedKey: null,
  emailHash: null,
  language: null,
  pausedUntil: null,
} satisfies Partial<RegistrationRow>;

/** Removes what is kept of a mail address that has no registration any more. */
async function forgetEmail(tx: Db, { agencyId, emailHash }: { agencyId: string; emailHash: string }): Promise<void> {
  const [left] = await tx
    .select({ id: registrations.id })
    .from(registrations)
    .where(and(eq(registrations.agencyId, agencyId), eq(registrations.emailHash, emailHash)))
    .limit(1);
  if (left !== undefined) return;
  const isOf = (table: typeof registrantLinks | typeof registrantSessions) =>
    and(eq(table.agencyId, agencyId), eq(table.emailHash, emailHash));
  await tx.delete(registrantLinks).where(isOf(registrantLinks));
  await tx.delete(registrantSessions).where(isOf(registrantSessions));
  const asked = await tx
    .update(footageRecipients)
    .set({ emailHash: null })
    .where(and(eq(footageRecipients.agencyId, agencyId), eq(footageRecipients.emailHash, emailHash)))
    .returning({ id: footageRecipients.id });
  const ids = asked.map(({ id }) => id);
  if (ids.length > 0) await tx.delete(footageLinks).where(inArray(footageLinks.recipientId, ids));
}

/** What operators may find: active ones, and those whose pause is over. */
export const isFindable = (now: Date) =>
  or(eq(registrations.state, 'active'), and(eq(registrations.state, 'paused'), lte(registrations.pausedUntil, now)));

/** Unverified ones whose time is over. */
export function listExpired(db: Db, now: Date): Promise<RegistrationRow[]> {
  const before = new Date(now.getTime() - verificationHours * hourMs);
  return listDue(db, and(eq(registrations.state, 'unverified'), lte(registrations.createdAt, before)));
}

/**
 * Unverified ones that were made between the moments and for which no link was ever made, of mail addresses that have had
 * fewer than `mostLinks` links since `linksSince`.
 */
export function listUnmailed(
  db: Db,
  of: { madeAfter: Date; madeBefore: Date; linksSince: Date; mostLinks: number },
): Promise<RegistrationRow[]> {
  const link = db
    .select({ id: registrantLinks.id })
    .from(registrantLinks)
    .where(eq(registrantLinks.registrationId, registrations.id));
  const links = db
    .select({ count: count() })
    .from(registrantLinks)
    .where(
      and(
        eq(registrantLinks.agencyId, registrations.agencyId),
        eq(registrantLinks.emailHash, registrations.emailHash),
        gte(registrantLinks.createdAt, of.linksSince),
      ),
    );
  return listDue(
    db,
    and(
      eq(registrations.state, 'unverified'),
      // Canaries have no mailbox.
      isNotNull(registrations.emailHash),
      gt(registrations.createdAt, of.madeAfter),
      lte(registrations.createdAt, of.madeBefore),
      not(exists(link)),
      sql`(${links}) < ${of.mostLinks}`,
    ),
  );
}

/** Removes an unverified registration without a trace; false when it was verified meanwhile. */
export async function removeUnverified(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .delete(registrations)
    .where(and(eq(registrations.id, id), eq(registrations.state, 'unverified')))
    .returning({ id: registrations.id });
  return rows.length > 0;
}

export function listPausesOver(db: Db, now: Date): Promise<RegistrationRow[]> {
  return listDue(db, and(eq(registrations.state, 'paused'), lte(registrations.pausedUntil, now)));
}

/** Those to be asked for the first time. */
export function listUnconfirmed(db: Db, before: Date): Promise<RegistrationRow[]> {
  return listDue(
    db,
    and(
      inArray(registrations.state, ['active', 'paused']),
      eq(registrations.questions, 0),
      lte(registrations.lastConfirmedAt, before),
    ),
  );
}

/** Those that were asked so often, and not answered since. */
export function listUnanswered(db: Db, questions: number, before: Date): Promise<RegistrationRow[]> {
  return listDue(
    db,
    and(
      inArray(registrations.state, ['active', 'paused']),
      eq(registrations.questions, questions),
      lte(registrations.askedAt, before),
    ),
  );
}

export function listDormant(db: Db, before: Date): Promise<RegistrationRow[]> {
  return listDue(db, and(eq(registrations.state, 'dormant'), lte(registrations.dormantAt, before)));
}

export async function countRegistrations(db: Db, agencyId: string): Promise<number> {
  return db.$count(registrations, eq(registrations.agencyId, agencyId));
}

/** How many links were made for a mail address since the moment. */
export function countLinks(db: Db, of: { agencyId: string; emailHash: string }, since: Date): Promise<number> {
  return db.$count(
    registrantLinks,
    and(
      eq(registrantLinks.agencyId, of.agencyId),
      eq(registrantLinks.emailHash, of.emailHash),
      gte(registrantLinks.createdAt, since),
    ),
  );
}

function listDue(db: Db, condition: SQL | undefined): Promise<RegistrationRow[]> {
  return db.select().from(registrations).where(condition).orderBy(asc(registrations.id)).limit(batch);
}

function isOwn({ agencyId, emailHash }: { agencyId: string; emailHash: string }): SQL | undefined {
  return and(
    eq(registrations.agencyId, agencyId),
    eq(registrations.emailHash, emailHash),
    inArray(registrations.state, [...ownStates]),
  );
}
