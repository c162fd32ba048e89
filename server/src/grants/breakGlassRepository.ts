import type { BreakGlass } from '@commonsight/types/grant-request';
import { type SQL, and, asc, count, desc, eq, getTableColumns, isNull, lte, min, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { breakGlassUses, grants, incidents, users } from '../db/schema.ts';
import { camerasOfGrants } from './grantRepository.ts';

/** A use with its grant's user and incident. */
export type BreakGlassRow = typeof breakGlassUses.$inferSelect & { userId: string; incidentId: string };

export async function insertBreakGlass(tx: Db, row: typeof breakGlassUses.$inferInsert): Promise<void> {
  await tx.insert(breakGlassUses).values(row);
}

export async function findBreakGlass(db: Db, agencyId: string, grantId: string): Promise<BreakGlassRow | null> {
  const [row] = await db
    .select(rowColumns)
    .from(breakGlassUses)
    .innerJoin(grants, eq(grants.id, breakGlassUses.grantId))
    .where(isUse({ agencyId, grantId }))
    .limit(1);
  return row ?? null;
}

/** False when it is justified already. */
export async function justifyBreakGlass(
  tx: Db,
  use: { agencyId: string; grantId: string },
  justification: { text: string; at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(breakGlassUses)
    .set({ justification: justification.text, justifiedAt: justification.at })
    .where(and(isUse(use), isNull(breakGlassUses.justifiedAt)))
    .returning({ grantId: breakGlassUses.grantId });
  return rows.length === 1;
}

/** Marks that the log was told; false when it was told before, or the use is justified meanwhile. */
export async function markOverdue(tx: Db, use: { agencyId: string; grantId: string }, at: Date): Promise<boolean> {
  const rows = await tx
    .update(breakGlassUses)
    .set({ overdueAt: at })
    .where(and(isUse(use), isNull(breakGlassUses.overdueAt), isNull(breakGlassUses.justifiedAt)))
    .returning({ grantId: breakGlassUses.grantId });
  return rows.length === 1;
}

/** Late and not told yet, of every agency. For the clock of this server. */
export function listUntoldOverdue(db: Db, now: Date): Promise<BreakGlassRow[]> {
  return db
    .select(rowColumns)
    .from(breakGlassUses)
    .innerJoin(grants, eq(grants.id, breakGlassUses.grantId))
    .where(and(isUntold, lte(breakGlassUses.dueAt, now)))
    .orderBy(asc(breakGlassUses.dueAt), asc(breakGlassUses.grantId));
}

/** When the next use of any agency becomes overdue. */
export async function nextDue(db: Db): Promise<Date | null> {
  const [row] = await db
    .select({ dueAt: min(breakGlassUses.dueAt) })
    .from(breakGlassUses)
    .where(isUntold);
  return row?.dueAt ?? null;
}

/** Those without a justification first, then the newest first; of one user or of all. */
export function listBreakGlass(
  db: Db,
  of: { agencyId: string; userId: string | null; now: Date; limit: number },
): Promise<BreakGlass[]> {
  const isJustified = sql`(${breakGlassUses.justifiedAt} is not null)`;
  return select(db, isOf(of), [asc(isJustified), desc(breakGlassUses.startedAt), desc(breakGlassUses.grantId)], of);
}

export async function countOverdue(
  db: Db,
  of: { agencyId: string; userId: string | null; now: Date },
): Promise<number> {
  const [row] = await db
    .select({ number: count() })
    .from(breakGlassUses)
    .innerJoin(grants, eq(grants.id, breakGlassUses.grantId))
    .where(and(isOf(of), isNull(breakGlassUses.justifiedAt), lte(breakGlassUses.dueAt, of.now)));
  return row?.number ?? 0;
}

/** One as it is shown. Throws when it is gone. */
export async function readBreakGlass(db: Db, agencyId: string, grantId: string, now: Date): Promise<BreakGlass> {
  const [use] = await select(db, isUse({ agencyId, grantId }), [], { now, limit: 1 });
  if (use === undefined) throw new Error('A use of break-glass is gone.');
  return use;
}

const rowColumns = { ...getTableColumns(breakGlassUses), userId: grants.userId, incidentId: grants.incidentId };
const isUntold = and(isNull(breakGlassUses.overdueAt), isNull(breakGlassUses.justifiedAt));

function isUse(use: { agencyId: string; grantId: string }): SQL | undefined {
  return and(eq(breakGlassUses.agencyId, use.agencyId), eq(breakGlassUses.grantId, use.grantId));
}

function isOf(of: { agencyId: string; userId: string | null }): SQL | undefined {
  return and(eq(breakGlassUses.agencyId, of.agencyId), of.userId === null ? undefined : eq(grants.userId, of.userId));
}

async function select(
  db: Db,
  where: SQL | undefined,
  order: SQL[],
  { now, limit }: { now: Date; limit: number },
): Promise<BreakGlass[]> {
  const rows = await db
    .select({
      use: breakGlassUses,
      grant: grants,
      user: { id: users.id, name: users.name, role: users.role },
      incident: { number: incidents.number, title: incidents.title },
    })
    .from(breakGlassUses)
    .innerJoin(grants, eq(grants.id, breakGlassUses.grantId))
    .innerJoin(users, eq(users.id, grants.userId))
    .innerJoin(incidents, eq(incidents.id, grants.incidentId))
    .where(where)
    .orderBy(...order)
    .limit(limit);
  const cameras = await camerasOfGrants(
    db,
    rows.map(({ use }) => use.grantId),
  );
  return rows.map(({ use, grant, user, incident }) => ({
    id: use.grantId,
    state: stateOf(use, now),
    user,
    incidentId: grant.incidentId,
    incidentNumber: incident.number,
    incidentTitle: incident.title,
    purpose: grant.purpose,
    cameraIds: cameras.get(use.grantId) ?? [],
    startedAt: use.startedAt.toISOString(),
    endsAt: grant.endsAt.toISOString(),
    endedAt: grant.endedAt?.toISOString() ?? null,
    dueAt: use.dueAt.toISOString(),
    justification: use.justification,
    justifiedAt: use.justifiedAt?.toISOString() ?? null,
  }));
}

/** By the clock: whether the log was told of it has no part in it. */
function stateOf(use: typeof breakGlassUses.$inferSelect, now: Date): BreakGlass['state'] {
  if (use.justifiedAt !== null) return 'justified';
  return use.dueAt <= now ? 'overdue' : 'open';
}
