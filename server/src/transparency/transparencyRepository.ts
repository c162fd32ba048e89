import type { AuditType } from '@commonsight/types/audit-event';
import { type SharingMode, sharingModeSchema } from '@commonsight/types/relay/sharing';
import { rootOf } from 'commonsight-verify/tree';
import { and, asc, count, eq, gte, inArray, lt, max, or, sql } from 'drizzle-orm';
import { hashReader } from '../audit/storedTree.ts';
import type { Db } from '../db/Database.ts';
import { agencies, auditEntries, cameras } from '../db/schema.ts';
import { countedActs } from './actFigures.ts';
import type { LogLine } from './LogLine.ts';
import type { Period } from './period.ts';

export interface AgencyRow {
  id: string;
  name: string;
}

export function listAgencies(db: Db): Promise<AgencyRow[]> {
  return db.select({ id: agencies.id, name: agencies.name }).from(agencies).orderBy(asc(agencies.name));
}

const countedTypes = ['viewing.started', 'viewing.ended', ...countedActs] as AuditType[];

/** The lines of the period that some figure counts. Nothing about persons is read. */
export function readLines(db: Db, logId: string, { from, to }: Period): Promise<LogLine[]> {
  return db
    .select({
      at: auditEntries.at,
      type: auditEntries.type,
      outcome: auditEntries.outcome,
      targetId: auditEntries.targetId,
      details: sql<Record<string, unknown>>`${auditEntries.leaf}::jsonb -> 'details'`,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.logId, logId),
        gte(auditEntries.at, from.toISOString()),
        lt(auditEntries.at, to.toISOString()),
        or(inArray(auditEntries.type, countedTypes), eq(auditEntries.outcome, 'refused')),
      ),
    );
}

/** The log as it was at that moment: how many lines, and the root over them. */
export async function readHead(db: Db, logId: string, to: Date): Promise<{ size: number; root: Uint8Array }> {
  const [row] = await db
    .select({ last: max(auditEntries.index) })
    .from(auditEntries)
    .where(and(eq(auditEntries.logId, logId), lt(auditEntries.at, to.toISOString())));
  const size = (row?.last ?? -1) + 1;
  return { size, root: await rootOf(size, hashReader(db, logId, size)) };
}

export async function countCameras(db: Db, agencyId: string, to: Date): Promise<Record<SharingMode, number>> {
  const rows = await db
    .select({ mode: cameras.sharingMode, number: count() })
    .from(cameras)
    .where(and(eq(cameras.agencyId, agencyId), lt(cameras.confirmedAt, to)))
    .groupBy(cameras.sharingMode);
  const numbers = new Map(rows.map(({ mode, number }) => [mode, number]));
  return Object.fromEntries(sharingModeSchema.options.map((mode) => [mode, numbers.get(mode) ?? 0])) as Record<
    SharingMode,
    number
  >;
}
