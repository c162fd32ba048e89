import type { GrantRequest } from '@commonsight/types/grant-request';
import { type SQL, and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Db } from '../db/Database.ts';
import { grantRequests, incidents, users } from '../db/schema.ts';

export type GrantRequestRow = typeof grantRequests.$inferSelect;

/** Whether somebody may still decide on it at this moment. */
export function isWaiting(row: Pick<GrantRequestRow, 'state' | 'expiresAt'>, now: Date): boolean {
  return row.state === 'requested' && row.expiresAt > now;
}

export async function findGrantRequest(db: Db, agencyId: string, id: string): Promise<GrantRequestRow | null> {
  const [row] = await db
    .select()
    .from(grantRequests)
    .where(and(eq(grantRequests.agencyId, agencyId), eq(grantRequests.id, id)))
    .limit(1);
  return row ?? null;
}

/** The user's request for the incident that nobody has decided on; it may be past its end. */
export async function findUndecidedRequest(
  db: Db,
  asker: { agencyId: string; userId: string; incidentId: string },
): Promise<GrantRequestRow | null> {
  const [row] = await db
    .select()
    .from(grantRequests)
    .where(
      and(
        eq(grantRequests.agencyId, asker.agencyId),
        eq(grantRequests.userId, asker.userId),
        eq(grantRequests.incidentId, asker.incidentId),
        eq(grantRequests.state, 'requested'),
      ),
    )
    .limit(1);
  return row ?? null;
}

/** False when one of the user waits for the incident already. */
export async function insertGrantRequest(tx: Db, row: typeof grantRequests.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(grantRequests).values(row).onConflictDoNothing().returning({ id: grantRequests.id });
  return rows.length === 1;
}

export interface Decision {
  state: Exclude<GrantRequest['state'], 'requested'>;
  /** Null when nobody did. */
  by: string | null;
  at: Date;
  note: string | null;
}

/** Decides on a request; false when it is decided. With `waitingAt` also when it waits no more at that moment. */
export async function decideGrantRequest(
  tx: Db,
  request: { agencyId: string; id: string },
  decision: Decision,
  waitingAt?: Date,
): Promise<boolean> {
  const rows = await tx
    .update(grantRequests)
    .set({ state: decision.state, decidedBy: decision.by, decidedAt: decision.at, decisionNote: decision.note })
    .where(
      and(
        eq(grantRequests.agencyId, request.agencyId),
        eq(grantRequests.id, request.id),
        eq(grantRequests.state, 'requested'),
        waitingAt === undefined ? undefined : gt(grantRequests.expiresAt, waitingAt),
      ),
    )
    .returning({ id: grantRequests.id });
  return rows.length === 1;
}

/** Which grant an approval has made or widened. */
export async function noteGrantOfRequest(
  tx: Db,
  request: { agencyId: string; id: string },
  grantId: string,
): Promise<void> {
  await tx
    .update(grantRequests)
    .set({ grantId })
    .where(and(eq(grantRequests.agencyId, request.agencyId), eq(grantRequests.id, request.id)));
}

/** The cameras of a grant that somebody has approved. */
export async function listApprovedCameras(
  db: Db,
  grant: { agencyId: string; id: string },
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ cameraIds: grantRequests.cameraIds })
    .from(grantRequests)
    .where(
      and(
        eq(grantRequests.agencyId, grant.agencyId),
        eq(grantRequests.grantId, grant.id),
        eq(grantRequests.state, 'approved'),
      ),
    );
  return new Set(rows.flatMap(({ cameraIds }) => cameraIds));
}

/** A request that nobody has decided on, with what can make it vain. */
export interface UndecidedRequest {
  request: GrantRequestRow;
  incidentClosedAt: Date | null;
  userDisabledAt: Date | null;
}

/** Of every agency, the next to end first. For the clock of this server. */
export function listUndecidedRequests(db: Db): Promise<UndecidedRequest[]> {
  return db
    .select({ request: grantRequests, incidentClosedAt: incidents.closedAt, userDisabledAt: users.disabledAt })
    .from(grantRequests)
    .innerJoin(incidents, eq(incidents.id, grantRequests.incidentId))
    .innerJoin(users, eq(users.id, grantRequests.userId))
    .where(eq(grantRequests.state, 'requested'))
    .orderBy(asc(grantRequests.expiresAt), asc(grantRequests.id));
}

/** Those that wait first, then the newest first; of one user or of all. */
export function listGrantRequests(
  db: Db,
  of: { agencyId: string; userId: string | null; now: Date; limit: number },
): Promise<GrantRequest[]> {
  const waits = sql`(${grantRequests.state} = 'requested' and ${grantRequests.expiresAt} > ${of.now.toISOString()})`;
  const where = and(
    eq(grantRequests.agencyId, of.agencyId),
    of.userId === null ? undefined : eq(grantRequests.userId, of.userId),
  );
  return select(db, where, [desc(waits), desc(grantRequests.requestedAt), desc(grantRequests.id)], of);
}

/** One as it is shown. Throws when it is gone. */
export async function readGrantRequest(db: Db, agencyId: string, id: string, now: Date): Promise<GrantRequest> {
  const where = and(eq(grantRequests.agencyId, agencyId), eq(grantRequests.id, id));
  const [request] = await select(db, where, [], { now, limit: 1 });
  if (request === undefined) throw new Error('A grant request is gone.');
  return request;
}

const askers = alias(users, 'askers');
const deciders = alias(users, 'deciders');

async function select(
  db: Db,
  where: SQL | undefined,
  order: SQL[],
  { now, limit }: { now: Date; limit: number },
): Promise<GrantRequest[]> {
  const rows = await db
    .select({
      row: grantRequests,
      user: { id: askers.id, name: askers.name, role: askers.role },
      decidedBy: { id: deciders.id, name: deciders.name, role: deciders.role },
      incident: { number: incidents.number, title: incidents.title },
    })
    .from(grantRequests)
    .innerJoin(askers, eq(askers.id, grantRequests.userId))
    .innerJoin(incidents, eq(incidents.id, grantRequests.incidentId))
    .leftJoin(deciders, eq(deciders.id, grantRequests.decidedBy))
    .where(where)
    .orderBy(...order)
    .limit(limit);
  return rows.map(({ row, user, decidedBy, incident }) => {
    const isLate = row.state === 'requested' && row.expiresAt <= now;
    return {
      id: row.id,
      state: isLate ? 'timedOut' : row.state,
      user,
      incidentId: row.incidentId,
      incidentNumber: incident.number,
      incidentTitle: incident.title,
      purpose: row.purpose,
      cameraIds: row.cameraIds,
      note: row.note,
      requestedAt: row.requestedAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      decidedBy,
      decidedAt: (isLate ? row.expiresAt : row.decidedAt)?.toISOString() ?? null,
      decisionNote: row.decisionNote,
      grantId: row.grantId,
    };
  });
}
