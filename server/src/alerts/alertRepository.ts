import type { Alert, OwnerAlert } from '@commonsight/types/alert';
import type { AlertEnd } from '@commonsight/types/relay/alert';
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { alerts, sites } from '../db/schema.ts';

export type AlertRow = typeof alerts.$inferSelect;
type Site = { siteName: string; siteAddress: string; latitude: number; longitude: number };
/** With what operators read of its site. */
export type SitedAlertRow = AlertRow & Site;

/** So long after its end by the relay's last word an alert is shown as over, whatever has not been heard. */
const graceMs = 5_000;

/** The longest that a document allows, and the grace. */
const longestAlertMs = 86_400_000 + graceMs;

/** What is shown of an ended alert on the wall. */
const shownAfterEndMs = 60 * 60_000;

const sited = {
  alert: alerts,
  siteName: sites.name,
  siteAddress: sites.address,
  latitude: sites.latitude,
  longitude: sites.longitude,
};

export async function findAlert(db: Db, agencyId: string, id: string): Promise<SitedAlertRow | null> {
  const [row] = await db
    .select(sited)
    .from(alerts)
    .innerJoin(sites, eq(sites.id, alerts.siteId))
    .where(and(eq(alerts.agencyId, agencyId), eq(alerts.id, id)))
    .limit(1);
  return row === undefined ? null : sitedRow(row);
}

/** Those that operators see: never a test, and none that was cancelled before it shared anything. */
export async function listAlerts(db: Db, agencyId: string, now: Date): Promise<SitedAlertRow[]> {
  const recently = new Date(now.getTime() - shownAfterEndMs);
  const rows = await db
    .select(sited)
    .from(alerts)
    .innerJoin(sites, eq(sites.id, alerts.siteId))
    .where(
      and(
        eq(alerts.agencyId, agencyId),
        eq(alerts.isTest, false),
        isNotNull(alerts.sharedAt),
        gt(alerts.until, recently),
        or(isNull(alerts.endedAt), gt(alerts.endedAt, recently)),
      ),
    )
    .orderBy(desc(alerts.begunAt))
    .limit(100);
  return rows.map(sitedRow);
}

function sitedRow({ alert, ...site }: { alert: AlertRow } & Site): SitedAlertRow {
  return { ...alert, ...site };
}

/** The relay's newest one, and the newest that shared cameras: often the same. */
export async function findLastAlerts(
  db: Db,
  agencyId: string,
  relayId: string,
): Promise<{ last: AlertRow | null; lastReal: AlertRow | null }> {
  const ofRelay = and(eq(alerts.agencyId, agencyId), eq(alerts.relayId, relayId));
  const [last] = await db.select().from(alerts).where(ofRelay).orderBy(desc(alerts.begunAt)).limit(1);
  if (last === undefined) return { last: null, lastReal: null };
  if (!last.isTest && last.sharedAt !== null) return { last, lastReal: last };
  const [lastReal] = await db
    .select()
    .from(alerts)
    .where(and(ofRelay, eq(alerts.isTest, false), isNotNull(alerts.sharedAt)))
    .orderBy(desc(alerts.begunAt))
    .limit(1);
  return { last, lastReal: lastReal ?? null };
}

export function findUnended(
  db: Db,
  of: { agencyId: string; relayId: string } | { agencyId: string; incidentId: string },
) {
  const which = 'relayId' in of ? eq(alerts.relayId, of.relayId) : eq(alerts.incidentId, of.incidentId);
  return db
    .select()
    .from(alerts)
    .where(and(eq(alerts.agencyId, of.agencyId), which, isNull(alerts.endedAt)));
}

/** Keeps what was told; the incident stays, whatever the row says of it. */
export async function saveAlert(db: Db, row: Omit<AlertRow, 'incidentId'>): Promise<void> {
  const { id, agencyId, siteId, relayId } = row;
  const { isTest, trigger, stage, begunAt, sharedAt, until, mayExtend, endedAt, end, note } = row;
  const told = { isTest, trigger, stage, begunAt, sharedAt, until, mayExtend, endedAt, end, note };
  await db
    .insert(alerts)
    .values({ id, agencyId, siteId, relayId, ...told })
    .onConflictDoUpdate({
      target: alerts.id,
      set: told,
      // An id that another relay made up is nobody's but the first one's.
      setWhere: sql`${eq(alerts.agencyId, agencyId)} and ${eq(alerts.relayId, relayId)} and ${eq(alerts.siteId, siteId)}`,
    });
}

/** Sets what responders read while the alert runs. */
export async function setNote(db: Db, agencyId: string, id: string, note: string): Promise<void> {
  await db
    .update(alerts)
    .set({ note })
    .where(and(eq(alerts.agencyId, agencyId), eq(alerts.id, id), isNull(alerts.endedAt)));
}

/** False when it has another incident than `before` by now. Run it in the transaction that makes the incident. */
export async function setIncident(
  tx: Db,
  agencyId: string,
  id: string,
  { before, incidentId }: { before: string | null; incidentId: string },
): Promise<boolean> {
  const isAsBefore = before === null ? isNull(alerts.incidentId) : eq(alerts.incidentId, before);
  const rows = await tx
    .update(alerts)
    .set({ incidentId })
    .where(and(eq(alerts.agencyId, agencyId), eq(alerts.id, id), isAsBefore))
    .returning({ id: alerts.id });
  return rows.length > 0;
}

/** Those of the sites at which an alert shares cameras now, by the relays' last word. */
export async function sitesOnAlert(
  db: Db,
  agencyId: string,
  siteIds: readonly string[],
  now: Date,
): Promise<Set<string>> {
  if (siteIds.length === 0) return new Set();
  const rows = await db
    .select({ siteId: alerts.siteId })
    .from(alerts)
    .where(
      and(
        eq(alerts.agencyId, agencyId),
        inArray(alerts.siteId, [...siteIds]),
        eq(alerts.isTest, false),
        inArray(alerts.stage, ['sharing', 'extensionAsked']),
        isNull(alerts.endedAt),
        gt(alerts.until, now),
      ),
    );
  return new Set(rows.map(({ siteId }) => siteId));
}

/** How the alert has ended, also when nobody has told of it. */
function endOf(row: AlertRow, now: Date): { endedAt: Date; end: AlertEnd | null } | null {
  if (row.endedAt !== null) return { endedAt: row.endedAt, end: row.end };
  const overMs = now.getTime() - row.until.getTime();
  // Of one that was arming when it was heard of last, nothing says that it did not begin, and how long it lasts.
  if (row.stage === 'arming') return overMs > longestAlertMs ? { endedAt: row.until, end: 'unknown' } : null;
  return overMs > graceMs ? { endedAt: row.until, end: 'time' } : null;
}

export function toOwnerAlert(row: AlertRow, now: Date): OwnerAlert {
  const { id, isTest, trigger, begunAt, sharedAt, until } = row;
  const over = endOf(row, now);
  const endedAt = over?.endedAt ?? null;
  return {
    id,
    isTest,
    trigger,
    stage: over === null ? row.stage : 'ended',
    begunAt: begunAt.toISOString(),
    sharedAt: sharedAt?.toISOString() ?? null,
    until: until.toISOString(),
    leftMs: endedAt === null ? Math.max(0, until.getTime() - now.getTime()) : 0,
    mayExtend: row.mayExtend && endedAt === null,
    endedAt: endedAt?.toISOString() ?? null,
    end: over?.end ?? null,
  };
}

export function toAlert(row: SitedAlertRow, now: Date): Alert {
  const { isTest: _isTest, mayExtend: _mayExtend, leftMs: _leftMs, ...shown } = toOwnerAlert(row, now);
  const { siteId, siteName, siteAddress, note, incidentId } = row;
  // It was written for an alert that runs.
  return { ...shown, siteId, siteName, siteAddress, note: shown.endedAt === null ? note : '', incidentId };
}

/** Forgets what owners wrote for responders of alerts whose relay has never told of the end. */
export async function forgetNotes(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - longestAlertMs);
  await db
    .update(alerts)
    .set({ note: '' })
    .where(and(ne(alerts.note, ''), lt(alerts.until, before)));
}
