import type { AuditEvent, AuditSearch } from '@commonsight/types/audit-event';
import { type SQL, and, asc, desc, eq, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { auditEntries, auditEventColumns, auditValues, incidents, valuesOfEntry } from '../db/schema.ts';

/** Lines of one log that fit everything asked for, newest first. What has been erased is found by nobody. */
export async function searchLines(
  db: Db,
  logId: string,
  search: AuditSearch & { limit: number },
): Promise<AuditEvent[]> {
  const { logId: _logId, ...line } = auditEventColumns;
  return db
    .select(line)
    .from(auditEntries)
    .leftJoin(auditValues, valuesOfEntry)
    .where(and(eq(auditEntries.logId, logId), ...conditions(search)))
    .orderBy(desc(auditEntries.index))
    .limit(search.limit);
}

/** Lines drawn by chance from those that fit, newest first. */
export async function sampleLines(
  db: Db,
  logId: string,
  search: AuditSearch & { limit: number },
): Promise<AuditEvent[]> {
  const { logId: _logId, ...line } = auditEventColumns;
  const drawn = await db
    .select(line)
    .from(auditEntries)
    .leftJoin(auditValues, valuesOfEntry)
    .where(and(eq(auditEntries.logId, logId), ...conditions(search)))
    .orderBy(sql`random()`)
    .limit(search.limit);
  return drawn.toSorted((a, b) => b.sequence - a.sequence);
}

/** The indexes of the lines that fit, by growing index, from `from` up to before `to`. */
export async function findIndexes(
  db: Db,
  logId: string,
  search: AuditSearch,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<number[]> {
  const rows = await db
    .select({ index: auditEntries.index })
    .from(auditEntries)
    .leftJoin(auditValues, valuesOfEntry)
    .where(
      and(
        eq(auditEntries.logId, logId),
        gte(auditEntries.index, from),
        lt(auditEntries.index, to),
        ...conditions(search),
      ),
    )
    .orderBy(asc(auditEntries.index))
    .limit(limit);
  return rows.map(({ index }) => index);
}

function conditions(search: AuditSearch): SQL[] {
  const { before, type, actorId, person, cameraId, incident, targetId, from, to, outcome, text } = search;
  const details = auditEventColumns.details.sql;
  return [
    ...(before === undefined ? [] : [lt(auditEntries.index, before - 1)]),
    ...(type === undefined ? [] : [eq(auditEntries.type, type)]),
    ...(actorId === undefined ? [] : [eq(auditValues.actorId, actorId)]),
    ...(person === undefined ? [] : [sql`${auditEventColumns.actorName.sql} ilike ${pattern(person)}`]),
    ...(cameraId === undefined
      ? []
      : [
          sql`(${auditEntries.targetId} = ${cameraId} or (${details})->>'cameraId' = ${cameraId} or (${details})->'cameraIds' @> to_jsonb(${cameraId}::text))`,
        ]),
    ...(incident === undefined ? [] : [isAboutIncident(incident)]),
    ...(targetId === undefined
      ? []
      : [sql`(${or(eq(auditEntries.targetId, targetId), eq(auditValues.targetId, targetId))})`]),
    ...(from === undefined ? [] : [gte(auditEntries.at, spelled(from))]),
    ...(to === undefined ? [] : [lte(auditEntries.at, spelled(to))]),
    ...(outcome === undefined ? [] : [eq(auditEntries.outcome, outcome)]),
    ...(text === undefined
      ? []
      : [
          sql`((${auditEventColumns.details.sql})::text ilike ${pattern(text)} or ${auditEventColumns.actorName.sql} ilike ${pattern(text)})`,
        ]),
  ];
}

/** Lines that name the incident by its id, of the agency whose log it is. */
function isAboutIncident(number: number): SQL {
  const id = sql`(select ${incidents.id}::text from ${incidents} where ${incidents.number} = ${number} and ${incidents.agencyId}::text = ${auditEntries.logId})`;
  return sql`(${auditEntries.targetId} = ${id} or (${auditEventColumns.details.sql})->>'incidentId' = ${id})`;
}

/** The text as it is, anywhere: signs that `like` gives a meaning have none. */
function pattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/** As lines spell moments, so that texts compare like times. */
function spelled(moment: string): string {
  return new Date(moment).toISOString();
}
