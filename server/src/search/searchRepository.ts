import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { Box } from '../cameras/reach.ts';
import { viewBox } from '../db/columns.ts';
import type { Db } from '../db/Database.ts';
import { cameras, registrations, sites } from '../db/schema.ts';
import { isFindable } from '../registry/registrationRepository.ts';

/** So many cameras of either kind are judged for one question: it holds the server up while they are. */
export const mostCandidates = 20_000;

/** The agency's registrations whose view overlaps the box, without what is sealed. */
export function listRegistrationsSeeing(db: Db, agencyId: string, box: Box, now: Date) {
  const { id, kind, latitude, longitude, bearingDegrees, angleDegrees, rangeMetres } = registrations;
  const { covers, recording, retentionDays, clockOffsetSeconds } = registrations;
  const view = { latitude, longitude, bearingDegrees, angleDegrees, rangeMetres };
  return db
    .select({ id, kind, ...view, covers, recording, retentionDays, clockOffsetSeconds })
    .from(registrations)
    .where(and(overlaps(viewBox(registrations), box), eq(registrations.agencyId, agencyId), isFindable(now)))
    .limit(mostCandidates + 1);
}

/** The agency's cameras whose view overlaps the box, of those that it has confirmed. */
export function listCamerasSeeing(db: Db, agencyId: string, box: Box) {
  const { id, number, name, sharingMode, latitude, longitude, bearingDegrees, angleDegrees, rangeMetres } = cameras;
  const view = { latitude, longitude, bearingDegrees, angleDegrees, rangeMetres };
  return db
    .select({ id, number, name, sharingMode, siteName: sites.name, keptDays: sites.keptDays, ...view })
    .from(cameras)
    .innerJoin(sites, eq(sites.id, cameras.siteId))
    .where(and(overlaps(viewBox(cameras), box), eq(cameras.agencyId, agencyId), isNotNull(cameras.confirmedAt)))
    .limit(mostCandidates + 1);
}

/** Without boxes over the date line: no agency's area crosses it. */
function overlaps(view: SQL, { south, west, north, east }: Box): SQL {
  return sql`${view} && box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8))`;
}
