import type { FootageState } from '@commonsight/types/footage';
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import {
  agencies,
  cameras,
  footageCases,
  footageLinks,
  footageRecipients,
  footageRequests,
  footageSources,
  incidents,
  registrations,
} from '../db/schema.ts';
import type { RecipientRow } from './footageRepository.ts';

/** What one step of the clock takes on; the rest waits for the next. */
export const batch = 200;

/** A contact from whom something may still come. */
export const waitingStates = ['sent', 'opened', 'hasIt', 'uploading'] as const satisfies readonly FootageState[];

/** A contact with the request and case that it is asked for. */
export interface AskedRecipient {
  recipient: RecipientRow;
  request: typeof footageRequests.$inferSelect;
  of: typeof footageCases.$inferSelect;
  incidentNumber: number | null;
  agencyName: string;
}

/** Whose session a secret is. */
export async function findBySession(db: Db, secretHash: string, now: Date): Promise<AskedRecipient | null> {
  const [row] = await selectAsked(db)
    .innerJoin(footageLinks, eq(footageLinks.recipientId, footageRecipients.id))
    .where(
      and(eq(footageLinks.secretHash, secretHash), eq(footageLinks.isSession, true), gt(footageLinks.expiresAt, now)),
    );
  return row ?? null;
}

export async function findAsked(db: Db, recipientId: string): Promise<AskedRecipient | null> {
  const [row] = await selectAsked(db).where(eq(footageRecipients.id, recipientId));
  return row ?? null;
}

/** Who is asked: a mail address of the registry, or a site's owner. */
export type Asked =
  | { kind: 'registrant'; agencyId: string; emailHash: string }
  | { kind: 'owner'; agencyId: string; siteId: string };

export function listAsked(db: Db, of: Asked): Promise<AskedRecipient[]> {
  return selectAsked(db).where(isOf(of)).orderBy(desc(footageRecipients.id)).limit(batch);
}

export async function findAskedOf(db: Db, of: Asked, recipientId: string): Promise<AskedRecipient | null> {
  const [row] = await selectAsked(db).where(and(isOf(of), eq(footageRecipients.id, recipientId)));
  return row ?? null;
}

function isOf(of: Asked) {
  const isIt =
    of.kind === 'owner' ? eq(footageRecipients.siteId, of.siteId) : eq(footageRecipients.emailHash, of.emailHash);
  return and(eq(footageRecipients.agencyId, of.agencyId), isIt);
}

function selectAsked(db: Db) {
  return db
    .select({
      recipient: footageRecipients,
      request: footageRequests,
      of: footageCases,
      incidentNumber: incidents.number,
      agencyName: agencies.name,
    })
    .from(footageRecipients)
    .innerJoin(footageRequests, eq(footageRequests.id, footageRecipients.requestId))
    .innerJoin(footageCases, eq(footageCases.id, footageRequests.caseId))
    .innerJoin(agencies, eq(agencies.id, footageRecipients.agencyId))
    .leftJoin(incidents, eq(incidents.id, footageCases.incidentId))
    .$dynamic();
}

/** The registrations behind a contact that are still there. */
export async function listAskedRegistrations(db: Db, recipientId: string) {
  const rows = await db
    .select({ registration: registrations })
    .from(footageSources)
    .innerJoin(registrations, eq(registrations.id, footageSources.registrationId))
    .where(and(eq(footageSources.recipientId, recipientId), isNotNull(registrations.wrappedKey)))
    .orderBy(asc(footageSources.id));
  return rows.map(({ registration }) => registration);
}

/** A registration by which a contact's mail address can be read; null when it has none, as a canary. */
export async function findOfContact(
  db: Db,
  { agencyId, emailHash }: Pick<RecipientRow, 'agencyId' | 'emailHash'>,
): Promise<typeof registrations.$inferSelect | null> {
  if (emailHash === null) return null;
  const [row] = await db
    .select()
    .from(registrations)
    .where(
      and(
        eq(registrations.agencyId, agencyId),
        eq(registrations.emailHash, emailHash),
        isNotNull(registrations.wrappedKey),
      ),
    )
    .orderBy(asc(registrations.id))
    .limit(1);
  return row ?? null;
}

export function listAskedOwned(db: Db, recipientId: string) {
  return db
    .select({ name: cameras.name, latitude: cameras.latitude, longitude: cameras.longitude })
    .from(footageSources)
    .innerJoin(cameras, eq(cameras.id, footageSources.cameraId))
    .where(eq(footageSources.recipientId, recipientId))
    .orderBy(asc(footageSources.id));
}

/** Holds everybody else of the contact back, so that two uploads at once do not both find room for one. */
export async function lockRecipient(tx: Db, id: string): Promise<RecipientRow | null> {
  const [row] = await tx.select().from(footageRecipients).where(eq(footageRecipients.id, id)).for('update');
  return row ?? null;
}

/** Changes a contact while it is in one of the states; null when it is not any more. */
export async function updateRecipient(
  db: Db,
  id: string,
  from: readonly FootageState[],
  change: Partial<typeof footageRecipients.$inferInsert>,
): Promise<RecipientRow | null> {
  const [row] = await db
    .update(footageRecipients)
    .set(change)
    .where(and(eq(footageRecipients.id, id), inArray(footageRecipients.state, [...from])))
    .returning();
  return row ?? null;
}

/**
 * Takes on the mail of a contact until the moment: if the server stops before it is sent, it is tried again then. False when
 * somebody else has, or it is sent.
 */
export async function claimMail(tx: Db, id: string, { now, until }: { now: Date; until: Date }): Promise<boolean> {
  const rows = await tx
    .update(footageRecipients)
    .set({ nextMailAt: until })
    .where(and(eq(footageRecipients.id, id), isNull(footageRecipients.mailedAt), isDue(now)))
    .returning({ id: footageRecipients.id });
  return rows.length > 0;
}

const isDue = (now: Date) => or(isNull(footageRecipients.nextMailAt), lte(footageRecipients.nextMailAt, now));

/** The same of a reminder; false also when the contact has answered meanwhile. */
export async function claimReminder(tx: Db, id: string, { now, until }: { now: Date; until: Date }): Promise<boolean> {
  const rows = await tx
    .update(footageRecipients)
    .set({ remindAt: until })
    .where(and(eq(footageRecipients.id, id), isToRemind(now)))
    .returning({ id: footageRecipients.id });
  return rows.length > 0;
}

export async function noteMail(
  db: Db,
  id: string,
  change: Partial<Pick<RecipientRow, 'mailedAt' | 'nextMailAt' | 'remindedAt' | 'remindAt'>>,
): Promise<void> {
  await db.update(footageRecipients).set(change).where(eq(footageRecipients.id, id));
}

/** Who has not said no, and of whom nothing has arrived. */
const remindedStates = ['sent', 'opened', 'hasIt'] as const satisfies readonly FootageState[];

/** Registrants whose mail is not sent yet. */
export function listUnmailed(db: Db, now: Date): Promise<RecipientRow[]> {
  return db
    .select()
    .from(footageRecipients)
    .where(
      and(
        isNull(footageRecipients.mailedAt),
        isDue(now),
        isNotNull(footageRecipients.emailHash),
        eq(footageRecipients.state, 'sent'),
        gt(footageRecipients.deadline, now),
      ),
    )
    .limit(batch);
}

export function listToRemind(db: Db, now: Date): Promise<RecipientRow[]> {
  return db.select().from(footageRecipients).where(isToRemind(now)).limit(batch);
}

function isToRemind(now: Date) {
  return and(
    isNull(footageRecipients.remindedAt),
    lte(footageRecipients.remindAt, now),
    gt(footageRecipients.overwrittenAt, now),
    gt(footageRecipients.deadline, now),
    inArray(footageRecipients.state, [...remindedStates]),
  );
}

export function listPastDeadline(db: Db, now: Date): Promise<RecipientRow[]> {
  return db
    .select()
    .from(footageRecipients)
    .where(and(lte(footageRecipients.deadline, now), inArray(footageRecipients.state, [...waitingStates])))
    .limit(batch);
}
