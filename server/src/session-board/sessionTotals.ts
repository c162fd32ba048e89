import { and, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { viewings } from '../db/schema.ts';
import type { SessionRow } from '../sessions/sessionRepository.ts';

export interface SessionTotal {
  endedViewingMs: number;
  bytes: number;
}

/** What the ended viewings of each session come to, by session. */
export async function readSessionTotals(
  db: Db,
  agencyId: string,
  rows: readonly SessionRow[],
): Promise<Map<string, SessionTotal>> {
  if (rows.length === 0) return new Map();
  const sessionIds = rows.map((row) => row.sessionId);
  const since = new Date(Math.min(...rows.map((row) => row.startedAt.getTime())));
  const totals = await db
    .select({
      sessionId: viewings.sessionId,
      endedViewingMs: sql<string>`coalesce(sum(extract(epoch from (ended_at - started_at)) * 1000), 0)`,
      bytes: sql<string>`coalesce(sum(bytes), 0)`,
    })
    .from(viewings)
    .where(
      and(
        eq(viewings.agencyId, agencyId),
        // The index is by user and time.
        inArray(viewings.userId, [...new Set(rows.map((row) => row.userId))]),
        gte(viewings.startedAt, since),
        inArray(viewings.sessionId, sessionIds),
        isNotNull(viewings.endedAt),
      ),
    )
    .groupBy(viewings.sessionId);
  return new Map(
    totals.map(({ sessionId, endedViewingMs, bytes }) => [
      sessionId,
      { endedViewingMs: Math.round(Number(endedViewingMs)), bytes: Number(bytes) },
    ]),
  );
}
