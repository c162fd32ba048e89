import type { AuditEvent, AuditSearch } from '@commonsight/types/audit-event';
import { type SQL, and, desc, eq, gte, lt, lte, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { auditEvents } from '../db/schema.ts';

/** Lines of one log that fit everything asked for, newest first. What has been erased is found by nobody. */
export async function searchLines(
  db: Db,
  logId: string,
  search: AuditSearch & { limit: number },
): Promise<AuditEvent[]> {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.logId, logId), ...conditions(search)))
    .orderBy(desc(auditEvents.sequence))
    .limit(search.limit);
  return rows.map(toEvent);
}

function toEvent(row: typeof auditEvents.$inferSelect): AuditEvent {
  const { logId: _logId, ...line } = row;
  return line;
}

function conditions(search: AuditSearch): SQL[] {
  const { before, type, actorId, targetId, from, to, outcome, text } = search;
  return [
    ...(before === undefined ? [] : [lt(auditEvents.sequence, before)]),
    ...(type === undefined ? [] : [eq(auditEvents.type, type)]),
    ...(actorId === undefined ? [] : [eq(auditEvents.actorId, actorId)]),
    ...(targetId === undefined ? [] : [eq(auditEvents.targetId, targetId)]),
    ...(from === undefined ? [] : [gte(auditEvents.at, spelled(from))]),
    ...(to === undefined ? [] : [lte(auditEvents.at, spelled(to))]),
    ...(outcome === undefined ? [] : [eq(auditEvents.outcome, outcome)]),
    ...(text === undefined
      ? []
      : [
          sql`(${auditEvents.details}::text ilike ${pattern(text)} or ${auditEvents.actorName} ilike ${pattern(text)})`,
        ]),
  ];
}

/** The text as it is, anywhere: signs that `like` gives a meaning have none. */
function pattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** As lines spell moments, so that texts compare like times. */
function spelled(moment: string): string {
  return new Date(moment).toISOString();
}
