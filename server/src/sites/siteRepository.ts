import type { Relay, Site } from '@commonsight/types/site';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameras, relays, sites } from '../db/schema.ts';

export type SiteRow = typeof sites.$inferSelect;
export type RelayRow = typeof relays.$inferSelect;

export async function findSite(db: Db, agencyId: string, id: string): Promise<SiteRow | null> {
  const [row] = await db
    .select()
    .from(sites)
    .where(and(eq(sites.agencyId, agencyId), eq(sites.id, id)))
    .limit(1);
  return row ?? null;
}

/** In a transaction: what else asks for the same site's turn waits for the end of this one. */
export async function lockSite(tx: Db, agencyId: string, id: string): Promise<void> {
  await tx
    .select({ id: sites.id })
    .from(sites)
    .where(and(eq(sites.agencyId, agencyId), eq(sites.id, id)))
    .for('no key update');
}

export function listSites(db: Db, agencyId: string): Promise<SiteRow[]> {
  return db.select().from(sites).where(eq(sites.agencyId, agencyId)).orderBy(asc(sites.name), asc(sites.id));
}

export async function insertSite(db: Db, row: typeof sites.$inferInsert): Promise<SiteRow> {
  const [inserted] = await db.insert(sites).values(row).returning();
  if (inserted === undefined) throw new Error('The site was not inserted.');
  return inserted;
}

/** Changes what is given; null when there is nothing to change or no such site. */
export async function updateSite(
  db: Db,
  agencyId: string,
  id: string,
  {
    isResidential,
    uplinkKilobitsPerSecond,
  }: { isResidential?: boolean | undefined; uplinkKilobitsPerSecond?: number | null | undefined },
): Promise<SiteRow | null> {
  const change = {
    ...(isResidential === undefined ? {} : { isResidential }),
    ...(uplinkKilobitsPerSecond === undefined ? {} : { uplinkKilobitsPerSecond }),
  };
  const [row] = await db
    .update(sites)
    .set(change)
    .where(and(eq(sites.agencyId, agencyId), eq(sites.id, id)))
    .returning();
  return row ?? null;
}

/** Whether any of the cameras is at a home. In a transaction it stays so until the end. */
export async function hasHomes(db: Db, agencyId: string, cameraIds: readonly string[]): Promise<boolean> {
  if (cameraIds.length === 0) return false;
  const rows = await db
    .select({ isResidential: sites.isResidential })
    .from(sites)
    .where(
      and(
        eq(sites.agencyId, agencyId),
        inArray(
          sites.id,
          db
            .select({ id: cameras.siteId })
            .from(cameras)
            .where(and(eq(cameras.agencyId, agencyId), inArray(cameras.id, [...cameraIds]))),
        ),
      ),
    )
    .for('share');
  return rows.some((row) => row.isResidential);
}

export function toWireSite(row: SiteRow, ofSite: readonly RelayRow[]): Site {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    isResidential: row.isResidential,
    timeZone: row.timeZone,
    position: { latitude: row.latitude, longitude: row.longitude },
    relays: ofSite.map(toWireRelay),
  };
}

export function toWireRelay(row: RelayRow): Relay {
  return {
    id: row.id,
    siteId: row.siteId,
    name: row.name,
    enrolledAt: row.enrolledAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    isOnline: row.isOnline,
    onlineChangedAt: row.onlineChangedAt?.toISOString() ?? null,
  };
}
