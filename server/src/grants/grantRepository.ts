import type { Grant } from '@commonsight/types/grant';
import type { User } from '@commonsight/types/user';
import { and, asc, desc, eq, gt, gte, inArray, isNull, lte, min } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { type GrantEndReason, cameras, grantCameras, grants, incidents, sites, users } from '../db/schema.ts';

/** A grant with its cameras. */
export type GrantRow = typeof grants.$inferSelect & { cameraIds: string[] };

export async function findGrant(db: Db, agencyId: string, id: string): Promise<GrantRow | null> {
  const rows = await db
    .select()
    .from(grants)
    .where(and(eq(grants.agencyId, agencyId), eq(grants.id, id)))
    .limit(1);
  return (await joinCameras(db, rows))[0] ?? null;
}

/** The user's newest ordinary and newest break-glass grant for each open incident, running or not, the oldest first. */
export async function listLastGrants(db: Db, user: { agencyId: string; userId: string }): Promise<GrantRow[]> {
  const rows = await db
    .selectDistinctOn([grants.incidentId, grants.isBreakGlass], { grant: grants })
    .from(grants)
    .innerJoin(incidents, eq(incidents.id, grants.incidentId))
    .where(and(eq(grants.agencyId, user.agencyId), eq(grants.userId, user.userId), isNull(incidents.closedAt)))
    // What has no end yet comes first in a falling order.
    .orderBy(grants.incidentId, grants.isBreakGlass, desc(grants.endedAt));
  const newest = rows.map(({ grant }) => grant).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return joinCameras(db, newest);
}

export interface GrantHolder {
  agencyId: string;
  userId: string;
  incidentId: string;
}

/** The grants of a user for an incident that are not marked as ended, one by break-glass last; they may be past their end. */
export async function listUnendedGrantsOf(db: Db, holder: GrantHolder): Promise<GrantRow[]> {
  const rows = await db
    .select()
    .from(grants)
    .where(
      and(
        eq(grants.agencyId, holder.agencyId),
        eq(grants.userId, holder.userId),
        eq(grants.incidentId, holder.incidentId),
        isNull(grants.endedAt),
      ),
    )
    .orderBy(asc(grants.isBreakGlass));
  return joinCameras(db, rows);
}

/** The one of them that is by break-glass, or the one that is not. */
export async function findUnendedGrant(
  db: Db,
  holder: GrantHolder,
  { isBreakGlass } = { isBreakGlass: false },
): Promise<GrantRow | null> {
  const unended = await listUnendedGrantsOf(db, holder);
  return unended.find((grant) => grant.isBreakGlass === isBreakGlass) ?? null;
}

export async function insertGrant(db: Db, row: typeof grants.$inferInsert): Promise<void> {
  await db.insert(grants).values(row);
}

/** Adds cameras to a grant; those that it has already stay. */
export async function addGrantCameras(
  db: Db,
  grant: { agencyId: string; id: string },
  cameraIds: readonly string[],
  addedAt: Date,
): Promise<void> {
  if (cameraIds.length === 0) return;
  await db
    .insert(grantCameras)
    .values(cameraIds.map((cameraId) => ({ grantId: grant.id, agencyId: grant.agencyId, cameraId, addedAt })))
    .onConflictDoNothing();
}

/** Moves a running grant's end; false when it has ended meanwhile, or a new policy stops it earlier. */
export async function extendGrant(
  db: Db,
  grant: { agencyId: string; id: string },
  endsAt: Date,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(grants)
    .set({ endsAt })
    .where(
      and(
        eq(grants.agencyId, grant.agencyId),
        eq(grants.id, grant.id),
        isNull(grants.endedAt),
        gt(grants.endsAt, now),
        gte(grants.latestEndsAt, endsAt),
      ),
    )
    .returning({ id: grants.id });
  return rows.length === 1;
}

/** Moves an unended grant's end forward to where a new policy stops it. */
export async function moveGrantEnd(
  tx: Db,
  grant: { agencyId: string; id: string },
  change: { endsAt: Date; latestEndsAt: Date; policyHash: string },
): Promise<void> {
  await tx
    .update(grants)
    .set(change)
    .where(and(eq(grants.agencyId, grant.agencyId), eq(grants.id, grant.id), isNull(grants.endedAt)));
}

/** Every grant of the agency that is not marked as ended. */
export async function listUnendedGrants(db: Db, agencyId: string): Promise<GrantRow[]> {
  const rows = await db
    .select()
    .from(grants)
    .where(and(eq(grants.agencyId, agencyId), isNull(grants.endedAt)));
  return joinCameras(db, rows);
}

/** The agency's grants that run now, with who holds them. */
export async function listRunningGrantsOfAll(db: Db, agencyId: string, now: Date): Promise<(Grant & { user: User })[]> {
  const rows = await db
    .select({ grant: grants, user: { id: users.id, name: users.name, role: users.role } })
    .from(grants)
    .innerJoin(users, eq(users.id, grants.userId))
    .where(and(eq(grants.agencyId, agencyId), isNull(grants.endedAt), gt(grants.endsAt, now)))
    .orderBy(asc(grants.startsAt), asc(grants.id));
  const joined = await joinCameras(
    db,
    rows.map((row) => row.grant),
  );
  const holders = new Map(rows.map(({ grant, user }) => [grant.id, user]));
  return joined.flatMap((grant) => {
    const user = holders.get(grant.id);
    return user === undefined ? [] : [{ ...toWireGrant(grant), user }];
  });
}

/** Ends the agency's grants that hold a camera of a home, or of this home alone. */
export function endResidentialGrants(tx: Db, agencyId: string, at: Date, siteId?: string): Promise<Grant[]> {
  const homes = tx
    .select({ id: grantCameras.grantId })
    .from(grantCameras)
    .innerJoin(cameras, eq(cameras.id, grantCameras.cameraId))
    .innerJoin(sites, eq(sites.id, cameras.siteId))
    .where(
      and(
        eq(grantCameras.agencyId, agencyId),
        eq(sites.isResidential, true),
        siteId === undefined ? undefined : eq(sites.id, siteId),
      ),
    );
  const where = and(eq(grants.agencyId, agencyId), inArray(grants.id, homes));
  return endWhere(tx, where, { at, reason: 'policyChanged' });
}

/** Marks a grant as ended; null when it was marked before. */
export async function endGrant(
  db: Db,
  grant: { agencyId: string; id: string },
  end: { at: Date; reason: GrantEndReason },
): Promise<Grant | null> {
  return firstOf(await endWhere(db, and(eq(grants.agencyId, grant.agencyId), eq(grants.id, grant.id)), end));
}

/** Marks a grant as expired at its own end, unless it was extended or ended meanwhile. */
export async function expireGrant(db: Db, grant: GrantRow, now: Date): Promise<Grant | null> {
  const where = and(eq(grants.agencyId, grant.agencyId), eq(grants.id, grant.id), lte(grants.endsAt, now));
  return firstOf(await endWhere(db, where, { at: grant.endsAt, reason: 'expired' }));
}

export function endGrantsOfIncident(tx: Db, agencyId: string, incidentId: string, at: Date): Promise<Grant[]> {
  const where = and(eq(grants.agencyId, agencyId), eq(grants.incidentId, incidentId));
  return endWhere(tx, where, { at, reason: 'incidentClosed' });
}

export function endGrantsOfUser(tx: Db, agencyId: string, userId: string, at: Date): Promise<Grant[]> {
  const where = and(eq(grants.agencyId, agencyId), eq(grants.userId, userId));
  return endWhere(tx, where, { at, reason: 'userDisabled' });
}

/** Grants of every agency that are past their end and not marked yet. For the clock of this server. */
export async function listDueGrants(db: Db, now: Date): Promise<GrantRow[]> {
  const rows = await db
    .select()
    .from(grants)
    .where(and(isNull(grants.endedAt), lte(grants.endsAt, now)));
  return joinCameras(db, rows);
}

/** When the next grant of any agency ends. */
export async function nextGrantEnd(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ endsAt: min(grants.endsAt) })
    .from(grants)
    .where(isNull(grants.endedAt));
  return row?.endsAt ?? null;
}

export function toWireGrant(row: GrantRow): Grant {
  return {
    id: row.id,
    userId: row.userId,
    incidentId: row.incidentId,
    purpose: row.purpose,
    cameraIds: row.cameraIds,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    latestEndsAt: row.latestEndsAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    isBreakGlass: row.isBreakGlass,
    policyHash: row.policyHash,
  };
}

async function endWhere(
  db: Db,
  where: ReturnType<typeof and>,
  end: { at: Date; reason: GrantEndReason },
): Promise<Grant[]> {
  const rows = await db
    .update(grants)
    .set({ endedAt: end.at, endReason: end.reason })
    .where(and(where, isNull(grants.endedAt)))
    .returning();
  return (await joinCameras(db, rows)).map(toWireGrant);
}

/** The cameras of each of these grants, in the order in which they were added. */
export async function camerasOfGrants(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (ids.length === 0) return new Map();
  const links = await db
    .select()
    .from(grantCameras)
    .where(inArray(grantCameras.grantId, [...ids]))
    .orderBy(asc(grantCameras.addedAt), asc(grantCameras.cameraId));
  const byGrant = Map.groupBy(links, (link) => link.grantId);
  return new Map([...byGrant].map(([id, ofGrant]) => [id, ofGrant.map((link) => link.cameraId)]));
}

async function joinCameras(db: Db, rows: (typeof grants.$inferSelect)[]): Promise<GrantRow[]> {
  const cameraIds = await camerasOfGrants(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, cameraIds: cameraIds.get(row.id) ?? [] }));
}

function firstOf<T>(items: readonly T[]): T | null {
  return items[0] ?? null;
}
