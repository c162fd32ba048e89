import type { User } from '@commonsight/types/user';
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import {
  cameras,
  footageCases,
  footageFiles,
  footagePeople,
  footageRecipients,
  footageRequests,
  footageSources,
  incidents,
  ledgerLinks,
  registrations,
  sites,
  users,
} from '../db/schema.ts';
import { isFindable } from '../registry/registrationRepository.ts';

export type CaseRow = typeof footageCases.$inferSelect;
export type RequestRow = typeof footageRequests.$inferSelect;
export type RecipientRow = typeof footageRecipients.$inferSelect;
export type FileRow = typeof footageFiles.$inferSelect;

/** The case of an incident or number, made when there is none. */
export async function findOrMakeCase(tx: Db, made: typeof footageCases.$inferInsert): Promise<CaseRow> {
  await tx.insert(footageCases).values(made).onConflictDoNothing();
  const isIt =
    made.incidentId === null || made.incidentId === undefined
      ? and(eq(footageCases.agencyId, made.agencyId), eq(footageCases.caseNumber, made.caseNumber ?? ''))
      : and(eq(footageCases.agencyId, made.agencyId), eq(footageCases.incidentId, made.incidentId));
  const [row] = await tx.select().from(footageCases).where(isIt);
  if (row === undefined) throw new Error('A case that was made is not there.');
  return row;
}

export async function insertRequest(
  tx: Db,
  rows: {
    request: typeof footageRequests.$inferInsert;
    recipients: readonly (typeof footageRecipients.$inferInsert)[];
    sources: readonly (typeof footageSources.$inferInsert)[];
  },
): Promise<void> {
  await tx.insert(footageRequests).values(rows.request);
  await tx.insert(footageRecipients).values([...rows.recipients]);
  await tx.insert(footageSources).values([...rows.sources]);
}

/** Holds everybody else of the user's back: two at once would both find room for one. */
export async function countSent(tx: Db, userId: string, since: Date): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
  return tx.$count(footageRequests, and(eq(footageRequests.createdBy, userId), gte(footageRequests.createdAt, since)));
}

/**
 * One request of an agency at a time, also of another server, until the transaction ends: two at once, about two cameras of one
 * contact, would both find room for one.
 */
export async function lockRequests(tx: Db, agencyId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`footage ${agencyId}`}, 0))`);
}

/** How often each contact was asked since the moment, by the hash of its mail address or its site. */
export async function countAsked(
  tx: Db,
  agencyId: string,
  contacts: readonly Pick<RecipientRow, 'emailHash' | 'siteId'>[],
  since: Date,
): Promise<Map<string, number>> {
  const { emailHash, siteId } = footageRecipients;
  const isOne = or(
    inArray(
      emailHash,
      contacts.flatMap((contact) => contact.emailHash ?? []),
    ),
    inArray(
      siteId,
      contacts.flatMap((contact) => contact.siteId ?? []),
    ),
  );
  const rows = await tx
    .select({ emailHash, siteId, asked: count() })
    .from(footageRecipients)
    .where(and(eq(footageRecipients.agencyId, agencyId), isOne, gte(footageRecipients.createdAt, since)))
    .groupBy(emailHash, siteId);
  return new Map(rows.map((row) => [row.emailHash ?? row.siteId ?? '', row.asked]));
}

/** The agency's registrations of these ids, each with whether it may be found, held until the request is written. */
export function lockRegistrations(tx: Db, agencyId: string, ids: readonly string[], now: Date) {
  return tx
    .select({ row: registrations, isFindable: sql<boolean>`coalesce(${isFindable(now)}, false)` })
    .from(registrations)
    .where(and(eq(registrations.agencyId, agencyId), inArray(registrations.id, [...ids])))
    .orderBy(asc(registrations.id))
    .for('update');
}

/**
 * The agency's confirmed cameras of these ids, each with its mode of now, for how long it is recorded as far as its owner has
 * said, and whether its site's owner has a link to read a request with.
 */
export async function lockOwnedCameras(tx: Db, agencyId: string, ids: readonly string[]) {
  const rows = await tx
    .select({ id: cameras.id, siteId: cameras.siteId, sharingMode: cameras.sharingMode })
    .from(cameras)
    .where(and(eq(cameras.agencyId, agencyId), inArray(cameras.id, [...ids]), isNotNull(cameras.confirmedAt)));
  const siteIds = [...new Set(rows.map(({ siteId }) => siteId))].toSorted();
  if (siteIds.length === 0) return [];
  const { id, keptDays } = sites;
  const held = await tx.select({ id, keptDays }).from(sites).where(inArray(id, siteIds)).orderBy(asc(id)).for('update');
  const daysOf = new Map(held.map((site) => [site.id, site.keptDays]));
  const links = await tx
    .select({ siteId: ledgerLinks.siteId })
    .from(ledgerLinks)
    .where(and(inArray(ledgerLinks.siteId, siteIds), isNull(ledgerLinks.revokedAt)));
  const reachable = new Set(links.map(({ siteId }) => siteId));
  return rows.map((row) => ({
    ...row,
    isReachable: reachable.has(row.siteId),
    keptDays: daysOf.get(row.siteId) ?? null,
  }));
}

/** A request with what it belongs to. */
export interface SentRequest {
  request: RequestRow;
  of: CaseRow;
  incidentNumber: number | null;
  createdBy: User;
}

/**
 * The requests that somebody reads, newest first: the own ones, and those that one was added to. Ids are made in the order of
 * time.
 */
export function listReadable(
  db: Db,
  reader: { agencyId: string; userId: string },
  { before, limit }: { before: string | null; limit: number },
): Promise<SentRequest[]> {
  return selectRequests(db)
    .where(and(isReadBy(db, reader), before === null ? undefined : lt(footageRequests.id, before)))
    .orderBy(desc(footageRequests.id))
    .limit(limit);
}

export async function findReadable(
  db: Db,
  reader: { agencyId: string; userId: string },
  id: string,
): Promise<SentRequest | null> {
  const [row] = await selectRequests(db).where(and(isReadBy(db, reader), eq(footageRequests.id, id)));
  return row ?? null;
}

function selectRequests(db: Db) {
  return db
    .select({
      request: footageRequests,
      of: footageCases,
      incidentNumber: incidents.number,
      createdBy: { id: users.id, name: users.name, role: users.role },
    })
    .from(footageRequests)
    .innerJoin(footageCases, eq(footageCases.id, footageRequests.caseId))
    .innerJoin(users, eq(users.id, footageRequests.createdBy))
    .leftJoin(incidents, eq(incidents.id, footageCases.incidentId));
}

function isReadBy(db: Db, { agencyId, userId }: { agencyId: string; userId: string }) {
  const addedTo = db
    .select({ id: footagePeople.requestId })
    .from(footagePeople)
    .where(and(eq(footagePeople.userId, userId), eq(footagePeople.agencyId, agencyId)));
  return and(
    eq(footageRequests.agencyId, agencyId),
    or(eq(footageRequests.createdBy, userId), inArray(footageRequests.id, addedTo)),
  );
}

/** Who was added to each of the requests. */
export async function listPeople(db: Db, requestIds: readonly string[]): Promise<Map<string, User[]>> {
  const rows = await db
    .select({ requestId: footagePeople.requestId, user: { id: users.id, name: users.name, role: users.role } })
    .from(footagePeople)
    .innerJoin(users, eq(users.id, footagePeople.userId))
    .where(inArray(footagePeople.requestId, [...requestIds]))
    .orderBy(asc(footagePeople.addedAt), asc(users.id));
  return new Map([...Map.groupBy(rows, (row) => row.requestId)].map(([id, of]) => [id, of.map(({ user }) => user)]));
}

/** False for somebody who is there already. */
export async function insertPerson(tx: Db, row: typeof footagePeople.$inferInsert): Promise<boolean> {
  const rows = await tx
    .insert(footagePeople)
    .values(row)
    .onConflictDoNothing()
    .returning({ userId: footagePeople.userId });
  return rows.length > 0;
}

export function listRecipients(db: Db, requestIds: readonly string[]): Promise<RecipientRow[]> {
  return db
    .select()
    .from(footageRecipients)
    .where(inArray(footageRecipients.requestId, [...requestIds]))
    .orderBy(asc(footageRecipients.id));
}

/** The cameras that contacts were asked about; of a registration nothing that is sealed is read. */
export function listAskedCameras(db: Db, recipientIds: readonly string[]) {
  return db
    .select({
      recipientId: footageSources.recipientId,
      registrationId: footageSources.registrationId,
      kind: registrations.kind,
      latitude: registrations.latitude,
      longitude: registrations.longitude,
      name: cameras.name,
      cameraLatitude: cameras.latitude,
      cameraLongitude: cameras.longitude,
    })
    .from(footageSources)
    .leftJoin(registrations, eq(registrations.id, footageSources.registrationId))
    .leftJoin(cameras, eq(cameras.id, footageSources.cameraId))
    .where(inArray(footageSources.recipientId, [...recipientIds]))
    .orderBy(asc(footageSources.id));
}

/** A received file of a request that somebody reads. */
export async function findReadableFile(
  db: Db,
  reader: { agencyId: string; userId: string },
  id: string,
): Promise<{ file: FileRow; of: CaseRow; agencyId: string } | null> {
  const [row] = await db
    .select({ file: footageFiles, of: footageCases, agencyId: footageFiles.agencyId })
    .from(footageFiles)
    .innerJoin(footageRecipients, eq(footageRecipients.id, footageFiles.recipientId))
    .innerJoin(footageRequests, eq(footageRequests.id, footageRecipients.requestId))
    .innerJoin(footageCases, eq(footageCases.id, footageFiles.caseId))
    .where(and(eq(footageFiles.id, id), isNotNull(footageFiles.receivedAt), isReadBy(db, reader)));
  return row ?? null;
}

/** The active account of the agency with this mail address. */
export async function findColleague(db: Db, agencyId: string, email: string): Promise<User | null> {
  const [row] = await db
    .select({ id: users.id, name: users.name, role: users.role })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), eq(users.email, email.toLowerCase()), isNull(users.disabledAt)));
  return row ?? null;
}
