import type { Finding } from '@commonsight/types/finding';
import type { User } from '@commonsight/types/user';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { findings, users } from '../db/schema.ts';

export type FindingRow = typeof findings.$inferSelect;

/** More than anybody reads; the log has all of them. */
const mostListed = 500;

export async function findFinding(db: Db, agencyId: string, id: string): Promise<FindingRow | null> {
  const [row] = await db
    .select()
    .from(findings)
    .where(and(eq(findings.agencyId, agencyId), eq(findings.id, id)))
    .limit(1);
  return row ?? null;
}

/** Open ones first: `open` sorts behind `closed`. */
export function listFindings(db: Db, agencyId: string): Promise<FindingRow[]> {
  return db
    .select()
    .from(findings)
    .where(eq(findings.agencyId, agencyId))
    .orderBy(desc(findings.state), desc(findings.createdAt))
    .limit(mostListed);
}

export async function insertFinding(db: Db, row: FindingRow): Promise<void> {
  await db.insert(findings).values(row);
}

/** Null when it was closed before. */
export async function closeFinding(
  db: Db,
  id: string,
  end: { closedBy: string; closedAt: Date; outcome: string },
): Promise<FindingRow | null> {
  const [row] = await db
    .update(findings)
    .set({ state: 'closed', ...end })
    .where(and(eq(findings.id, id), eq(findings.state, 'open')))
    .returning();
  return row ?? null;
}

export async function toFindings(db: Db, rows: readonly FindingRow[]): Promise<Finding[]> {
  const ids = [
    ...new Set(rows.flatMap(({ createdBy, closedBy }) => [createdBy, closedBy]).filter((id) => id !== null)),
  ];
  const people =
    ids.length === 0
      ? []
      : await db.select({ id: users.id, name: users.name, role: users.role }).from(users).where(inArray(users.id, ids));
  const byId = new Map<string, User>(people.map((person) => [person.id, person]));
  return rows.map((row) => {
    const createdBy = row.createdBy === null ? null : byId.get(row.createdBy);
    if (createdBy === undefined) throw new Error('The author of a finding has no record.');
    return {
      id: row.id,
      state: row.state,
      sequences: row.sequences,
      note: row.note,
      createdBy,
      createdAt: row.createdAt.toISOString(),
      closedBy: byId.get(row.closedBy ?? '') ?? null,
      closedAt: row.closedAt?.toISOString() ?? null,
      outcome: row.outcome,
    };
  });
}
