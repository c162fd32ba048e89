import type { SharingMode } from '@commonsight/types/relay/sharing';
import type { User } from '@commonsight/types/user';
import { and, asc, count, desc, eq, gt, gte, isNull, lt, or, type SQL } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import {
  agencies,
  cameras,
  grants,
  incidents,
  ledgerLinks,
  ledgerWithholdings,
  sites,
  users,
  viewings,
} from '../db/schema.ts';

export type LinkRow = typeof ledgerLinks.$inferSelect;
export type WithholdingRow = typeof ledgerWithholdings.$inferSelect;

export interface LedgerRow {
  viewing: typeof viewings.$inferSelect;
  isBreakGlass: boolean;
  user: User;
  incidentNumber: number;
  /** Until when the number is withheld; null when it is not. */
  withheldUntil: Date | null;
}

/** From a moment to just before another. */
export interface Span {
  from: Date;
  to: Date;
}

/** A site's viewings, those of a span or all, the last that began first. Ids are made in the order of time. */
export async function listLedgerRows(
  db: Db,
  of: {
    siteId: string;
    cameraId?: string | undefined;
    before?: string | undefined;
    span?: Span;
    now: Date;
    limit: number;
  },
): Promise<LedgerRow[]> {
  return db
    .select({
      viewing: viewings,
      isBreakGlass: grants.isBreakGlass,
      user: { id: users.id, name: users.name, role: users.role },
      incidentNumber: incidents.number,
      withheldUntil: ledgerWithholdings.endsAt,
    })
    .from(viewings)
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .innerJoin(grants, eq(grants.id, viewings.grantId))
    .innerJoin(users, eq(users.id, viewings.userId))
    .innerJoin(incidents, eq(incidents.id, viewings.incidentId))
    .leftJoin(ledgerWithholdings, isRunning(of.now))
    .where(
      and(
        eq(cameras.siteId, of.siteId),
        of.cameraId === undefined ? undefined : eq(viewings.cameraId, of.cameraId),
        of.before === undefined ? undefined : lt(viewings.id, of.before),
        of.span === undefined ? undefined : isWithin(of.span),
      ),
    )
    .orderBy(desc(viewings.id))
    .limit(of.limit);
}

/** How many viewings of the site run, and how many of all have their incident's number withheld. */
export async function countLedger(db: Db, siteId: string, now: Date): Promise<{ watching: number; withheld: number }> {
  const ofSite = eq(cameras.siteId, siteId);
  const [running] = await db
    .select({ number: count() })
    .from(viewings)
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .where(and(ofSite, isNull(viewings.endedAt)));
  const [withheld] = await db
    .select({ number: count() })
    .from(viewings)
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .innerJoin(ledgerWithholdings, isRunning(now))
    .where(ofSite);
  return { watching: running?.number ?? 0, withheld: withheld?.number ?? 0 };
}

/** How many viewings of the site ran within the span, and how many of them have their incident's number withheld now. */
export async function countLedgerSpan(
  db: Db,
  of: { siteId: string; span: Span; now: Date },
): Promise<{ views: number; withheld: number }> {
  const [row] = await db
    .select({ views: count(), withheld: count(ledgerWithholdings.id) })
    .from(viewings)
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .leftJoin(ledgerWithholdings, isRunning(of.now))
    .where(and(eq(cameras.siteId, of.siteId), isWithin(of.span)));
  return row ?? { views: 0, withheld: 0 };
}

/** Viewings that ran at some moment of the span, also those that go on or began before it. */
function isWithin({ from, to }: Span): SQL | undefined {
  return and(lt(viewings.startedAt, to), or(isNull(viewings.endedAt), gte(viewings.endedAt, from)));
}

/** The withholding of the viewing's incident, if it holds at this moment. */
function isRunning(now: Date): SQL | undefined {
  return and(
    eq(ledgerWithholdings.incidentId, viewings.incidentId),
    gt(ledgerWithholdings.endsAt, now),
    isNull(ledgerWithholdings.endedAt),
  );
}

export interface LedgerCamera {
  id: string;
  number: number;
  name: string;
  section: string | null;
  sharingMode: SharingMode;
}

export function listSiteCameras(db: Db, siteId: string): Promise<LedgerCamera[]> {
  return db
    .select({
      id: cameras.id,
      number: cameras.number,
      name: cameras.name,
      section: cameras.section,
      sharingMode: cameras.sharingMode,
    })
    .from(cameras)
    .where(eq(cameras.siteId, siteId))
    .orderBy(asc(cameras.number));
}

/** The link that opens with this secret, with the names of what it opens. */
export async function findOpenLink(
  db: Db,
  secretHash: string,
): Promise<{ link: LinkRow; siteName: string; agencyName: string } | null> {
  const [row] = await db
    .select({ link: ledgerLinks, siteName: sites.name, agencyName: agencies.name })
    .from(ledgerLinks)
    .innerJoin(sites, eq(sites.id, ledgerLinks.siteId))
    .innerJoin(agencies, eq(agencies.id, ledgerLinks.agencyId))
    .where(and(eq(ledgerLinks.secretHash, secretHash), isNull(ledgerLinks.revokedAt)))
    .limit(1);
  return row ?? null;
}

export async function noteRead(db: Db, id: string, at: Date): Promise<void> {
  await db.update(ledgerLinks).set({ lastReadAt: at }).where(eq(ledgerLinks.id, id));
}

export async function findLink(db: Db, agencyId: string, id: string): Promise<LinkRow | null> {
  const [row] = await db
    .select()
    .from(ledgerLinks)
    .where(and(eq(ledgerLinks.agencyId, agencyId), eq(ledgerLinks.id, id)))
    .limit(1);
  return row ?? null;
}

export function listLinks(db: Db, agencyId: string, siteId: string): Promise<{ link: LinkRow; createdBy: User }[]> {
  return db
    .select({ link: ledgerLinks, createdBy: { id: users.id, name: users.name, role: users.role } })
    .from(ledgerLinks)
    .innerJoin(users, eq(users.id, ledgerLinks.createdBy))
    .where(and(eq(ledgerLinks.agencyId, agencyId), eq(ledgerLinks.siteId, siteId)))
    .orderBy(desc(ledgerLinks.createdAt), desc(ledgerLinks.id));
}

export async function insertLink(db: Db, row: typeof ledgerLinks.$inferInsert): Promise<void> {
  await db.insert(ledgerLinks).values(row);
}

export async function revokeLink(db: Db, id: string, at: Date): Promise<void> {
  await db
    .update(ledgerLinks)
    .set({ revokedAt: at })
    .where(and(eq(ledgerLinks.id, id), isNull(ledgerLinks.revokedAt)));
}

/** Gives a link that works and that nobody has read with another secret; false when there is no such link. */
export async function replaceUnreadSecret(db: Db, id: string, secretHash: string): Promise<boolean> {
  const rows = await db
    .update(ledgerLinks)
    .set({ secretHash })
    .where(and(eq(ledgerLinks.id, id), isNull(ledgerLinks.revokedAt), isNull(ledgerLinks.lastReadAt)))
    .returning({ id: ledgerLinks.id });
  return rows.length > 0;
}

export async function findWithholding(
  db: Db,
  agencyId: string,
  incidentId: string,
): Promise<{ row: WithholdingRow; createdBy: User } | null> {
  const [found] = await db
    .select({ row: ledgerWithholdings, createdBy: { id: users.id, name: users.name, role: users.role } })
    .from(ledgerWithholdings)
    .innerJoin(users, eq(users.id, ledgerWithholdings.createdBy))
    .where(and(eq(ledgerWithholdings.agencyId, agencyId), eq(ledgerWithholdings.incidentId, incidentId)))
    .limit(1);
  return found ?? null;
}

/** The agency's withholdings, those made last first. */
export function listWithholdings(
  db: Db,
  agencyId: string,
  limit: number,
): Promise<{ row: WithholdingRow; createdBy: User; incident: { number: number; title: string } }[]> {
  return db
    .select({
      row: ledgerWithholdings,
      createdBy: { id: users.id, name: users.name, role: users.role },
      incident: { number: incidents.number, title: incidents.title },
    })
    .from(ledgerWithholdings)
    .innerJoin(users, eq(users.id, ledgerWithholdings.createdBy))
    .innerJoin(incidents, eq(incidents.id, ledgerWithholdings.incidentId))
    .where(eq(ledgerWithholdings.agencyId, agencyId))
    .orderBy(desc(ledgerWithholdings.id))
    .limit(limit);
}

/** Whether there was none before. */
export async function insertWithholding(db: Db, row: typeof ledgerWithholdings.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(ledgerWithholdings)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: ledgerWithholdings.id });
  return inserted.length > 0;
}

/** False when it was ended before. */
export async function endWithholding(db: Db, id: string, at: Date): Promise<boolean> {
  const ended = await db
    .update(ledgerWithholdings)
    .set({ endedAt: at })
    .where(and(eq(ledgerWithholdings.id, id), isNull(ledgerWithholdings.endedAt)))
    .returning({ id: ledgerWithholdings.id });
  return ended.length > 0;
}
