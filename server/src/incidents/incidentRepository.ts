import type { Incident, TimelineEntry } from '@commonsight/types/incident';
import { and, asc, desc, eq, inArray, isNull, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { agencies, incidentCameras, incidents, timelineEntries, users } from '../db/schema.ts';

/** Open ones are never that many; of the closed ones a board shows those that were closed last. */
const maximumListed = 500;

/** An incident with its cameras in the order in which they were added. */
export type IncidentRow = typeof incidents.$inferSelect & { cameraIds: string[] };

/** Open ones by their urgency, closed ones by when they were closed, the last one first. */
export async function listIncidents(db: Db, agencyId: string, state: 'open' | 'closed'): Promise<IncidentRow[]> {
  const rows = await db
    .select()
    .from(incidents)
    .where(
      and(
        eq(incidents.agencyId, agencyId),
        state === 'open' ? isNull(incidents.closedAt) : isNotNull(incidents.closedAt),
      ),
    )
    .orderBy(...(state === 'open' ? [asc(incidents.priority), desc(incidents.openedAt)] : [desc(incidents.closedAt)]))
    .limit(maximumListed);
  return joinCameras(db, rows);
}

export async function findIncident(db: Db, agencyId: string, id: string): Promise<IncidentRow | null> {
  const rows = await db
    .select()
    .from(incidents)
    .where(and(eq(incidents.agencyId, agencyId), eq(incidents.id, id)))
    .limit(1);
  return (await joinCameras(db, rows))[0] ?? null;
}

/** The incident, locked until the transaction's end, so that its closing and what needs it open exclude each other. */
export async function lockIncident(tx: Db, agencyId: string, id: string): Promise<IncidentRow | null> {
  const rows = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.agencyId, agencyId), eq(incidents.id, id)))
    .for('update');
  return (await joinCameras(tx, rows))[0] ?? null;
}

/** Inserts an incident with the agency's next number. Run it in a transaction. */
export async function insertIncident(tx: Db, incident: Omit<typeof incidents.$inferInsert, 'number'>): Promise<void> {
  const [agency] = await tx
    .update(agencies)
    .set({ lastIncidentNumber: sql`${agencies.lastIncidentNumber} + 1` })
    .where(eq(agencies.id, incident.agencyId))
    .returning({ number: agencies.lastIncidentNumber, isTraining: agencies.isTraining });
  if (agency === undefined) throw new Error('The agency of the incident does not exist.');
  const isTraining = incident.isTraining ?? agency.isTraining;
  await tx.insert(incidents).values({ ...incident, isTraining, number: agency.number });
}

/** Changes fields and raises the revision. */
export async function updateIncident(
  tx: Db,
  agencyId: string,
  id: string,
  change: Partial<typeof incidents.$inferInsert>,
): Promise<void> {
  await tx
    .update(incidents)
    .set({ ...change, revision: sql`${incidents.revision} + 1` })
    .where(and(eq(incidents.agencyId, agencyId), eq(incidents.id, id)));
}

/** Makes these the incident's cameras, in this order. */
export async function replaceIncidentCameras(
  tx: Db,
  incident: { agencyId: string; id: string },
  cameraIds: readonly string[],
): Promise<void> {
  await tx
    .delete(incidentCameras)
    .where(and(eq(incidentCameras.agencyId, incident.agencyId), eq(incidentCameras.incidentId, incident.id)));
  if (cameraIds.length === 0) return;
  await tx.insert(incidentCameras).values(
    cameraIds.map((cameraId, place) => ({
      incidentId: incident.id,
      agencyId: incident.agencyId,
      cameraId,
      place,
    })),
  );
}

export async function listTimeline(db: Db, agencyId: string, incidentId: string): Promise<TimelineEntry[]> {
  const rows = await db
    .select({ entry: timelineEntries, author: { id: users.id, name: users.name, role: users.role } })
    .from(timelineEntries)
    .leftJoin(users, eq(users.id, timelineEntries.authorId))
    .where(and(eq(timelineEntries.agencyId, agencyId), eq(timelineEntries.incidentId, incidentId)))
    .orderBy(asc(timelineEntries.at), asc(timelineEntries.id));
  return rows.map(({ entry, author }) => toWireEntry(entry, author));
}

export async function insertEntry(
  db: Db,
  entry: typeof timelineEntries.$inferInsert,
  author: TimelineEntry['author'],
): Promise<TimelineEntry> {
  const [row] = await db.insert(timelineEntries).values(entry).returning();
  if (row === undefined) throw new Error('The timeline entry was not inserted.');
  return toWireEntry(row, author);
}

export function toWireIncident(row: IncidentRow): Incident {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    priority: row.priority,
    position: { latitude: row.latitude, longitude: row.longitude },
    isTraining: row.isTraining,
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    disposition: row.disposition,
    cameraIds: row.cameraIds,
    revision: row.revision,
  };
}

function toWireEntry(row: typeof timelineEntries.$inferSelect, author: TimelineEntry['author']): TimelineEntry {
  return {
    id: row.id,
    incidentId: row.incidentId,
    at: row.at.toISOString(),
    kind: row.kind,
    author,
    text: row.text,
  };
}

async function joinCameras(db: Db, rows: (typeof incidents.$inferSelect)[]): Promise<IncidentRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const links = await db
    .select()
    .from(incidentCameras)
    .where(inArray(incidentCameras.incidentId, ids))
    .orderBy(asc(incidentCameras.place));
  const byIncident = Map.groupBy(links, (link) => link.incidentId);
  return rows.map((row) => ({ ...row, cameraIds: (byIncident.get(row.id) ?? []).map((link) => link.cameraId) }));
}
