import type { FlagKind, Shift } from '@commonsight/types/review';
import { and, asc, eq, gt, inArray, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import {
  cameras,
  examinations,
  incidents,
  sessions,
  shifts,
  timelineEntries,
  viewingFlags,
  viewings,
} from '../db/schema.ts';
import { type PastIncident, type PastSession, type PastViewing, dayMs, lookBackDays } from './flags/FlagRule.ts';

/** A viewing to examine. */
export interface DueViewing {
  id: string;
  agencyId: string;
  userId: string;
  startedAt: Date;
}

/** What ended longer ago was examined, or no server ran for so long that nobody would review it any more. */
const examinedWithinDays = 30;

/**
 * Ended viewings that were not examined since their end, and with `running` those that have not ended: in the order of
 * their starts, from behind `after` on.
 */
export function listDueViewings(
  db: Db,
  options: { running: boolean; limit: number; after: DueViewing | null },
  now: Date,
): Promise<DueViewing[]> {
  const { running, limit, after } = options;
  const isUnexamined = and(
    isNotNull(viewings.endedAt),
    gt(viewings.endedAt, new Date(now.getTime() - examinedWithinDays * dayMs)),
    notExists(
      db
        .select({ one: sql`1` })
        .from(examinations)
        .where(eq(examinations.viewingId, viewings.id)),
    ),
  );
  const isDue = running ? or(isNull(viewings.endedAt), isUnexamined) : isUnexamined;
  const isFurther =
    after === null
      ? undefined
      : or(
          gt(viewings.startedAt, after.startedAt),
          and(eq(viewings.startedAt, after.startedAt), gt(viewings.id, after.id)),
        );
  return db
    .select({
      id: viewings.id,
      agencyId: viewings.agencyId,
      userId: viewings.userId,
      startedAt: viewings.startedAt,
    })
    .from(viewings)
    .where(and(isDue, isFurther))
    .orderBy(asc(viewings.startedAt), asc(viewings.id))
    .limit(limit);
}

/** What is known around the viewings of one user. */
export interface UserRecord {
  history: PastViewing[];
  incidents: Map<string, PastIncident>;
  sessions: PastSession[];
  shift: Shift | null;
  /** Found before, by viewing. */
  flags: Map<string, Set<FlagKind>>;
}

/** Reads what the rules ask about one user. `from`: the start of the oldest viewing that is examined. */
export async function readUserRecord(
  db: Db,
  user: { agencyId: string; userId: string },
  from: Date,
): Promise<UserRecord> {
  const { agencyId, userId } = user;
  const rows = await db
    .select({
      id: viewings.id,
      sessionId: viewings.sessionId,
      cameraId: viewings.cameraId,
      cameraName: cameras.name,
      latitude: cameras.latitude,
      longitude: cameras.longitude,
      incidentId: viewings.incidentId,
      purpose: viewings.purpose,
      startedAt: viewings.startedAt,
      endedAt: viewings.endedAt,
    })
    .from(viewings)
    .innerJoin(cameras, eq(cameras.id, viewings.cameraId))
    .where(
      and(
        eq(viewings.agencyId, agencyId),
        eq(viewings.userId, userId),
        gt(viewings.startedAt, new Date(from.getTime() - lookBackDays * dayMs)),
      ),
    )
    .orderBy(asc(viewings.startedAt), asc(viewings.id));
  const history = rows.map(({ latitude, longitude, startedAt, endedAt, ...row }) => ({
    ...row,
    userId,
    cameraPosition: { latitude, longitude },
    startedAtMs: startedAt.getTime(),
    endedAtMs: endedAt?.getTime() ?? null,
  }));
  const [shift] = await db
    .select({ shift: shifts.shift })
    .from(shifts)
    .where(and(eq(shifts.agencyId, agencyId), eq(shifts.userId, userId)));
  return {
    history,
    incidents: await readIncidents(db, agencyId, new Set(history.map(({ incidentId }) => incidentId))),
    sessions: await readSessions(db, userId),
    shift: shift?.shift ?? null,
    flags: await readFlags(
      db,
      history.map(({ id }) => id),
    ),
  };
}

async function readIncidents(db: Db, agencyId: string, ids: Set<string>): Promise<Map<string, PastIncident>> {
  if (ids.size === 0) return new Map();
  const rows = await db
    .select()
    .from(incidents)
    .where(and(eq(incidents.agencyId, agencyId), inArray(incidents.id, [...ids])));
  const entries = await db
    .select()
    .from(timelineEntries)
    .where(and(eq(timelineEntries.agencyId, agencyId), inArray(timelineEntries.incidentId, [...ids])))
    .orderBy(asc(timelineEntries.at), asc(timelineEntries.id));
  return new Map(
    rows.map(({ id, number, title, latitude, longitude, openedAt }) => [
      id,
      {
        id,
        number,
        title,
        position: { latitude, longitude },
        openedAtMs: openedAt.getTime(),
        entries: entries
          .filter(({ incidentId }) => incidentId === id)
          .map(({ at, authorId, kind, text }) => ({ atMs: at.getTime(), authorId, kind, text })),
      },
    ]),
  );
}

async function readSessions(db: Db, userId: string): Promise<PastSession[]> {
  const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
  return rows.map(({ id, ipAddress, deviceClass, createdAt, lastActiveAt }) => ({
    id,
    sourceAddress: ipAddress,
    deviceClass,
    startedAtMs: createdAt.getTime(),
    lastActiveAtMs: lastActiveAt.getTime(),
  }));
}

async function readFlags(db: Db, viewingIds: string[]): Promise<Map<string, Set<FlagKind>>> {
  const flags = new Map<string, Set<FlagKind>>();
  if (viewingIds.length === 0) return flags;
  const rows = await db
    .select({ viewingId: viewingFlags.viewingId, kind: viewingFlags.kind })
    .from(viewingFlags)
    .where(inArray(viewingFlags.viewingId, viewingIds));
  for (const { viewingId, kind } of rows) flags.set(viewingId, (flags.get(viewingId) ?? new Set()).add(kind));
  return flags;
}
