import type { SharingMode, SharingState } from '@commonsight/types/relay/sharing';
import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { cameras, relays, relaySharing, sites } from '../db/schema.ts';
import type { RelayRow } from '../sites/siteRepository.ts';

export type SharingRow = typeof relaySharing.$inferSelect;

/**
 * The relay that speaks for a site's cameras. There is one (ENR5); sites of earlier versions may have two: then the one that is
 * online, else the one that was enrolled last.
 */
export async function findRelayOfSite(
  db: Db,
  agencyId: string,
  siteId: string,
): Promise<{ relay: RelayRow; sharing: SharingRow | null } | null> {
  const [row] = await db
    .select({ relay: relays, sharing: relaySharing })
    .from(relays)
    .leftJoin(relaySharing, eq(relaySharing.relayId, relays.id))
    .where(and(eq(relays.agencyId, agencyId), eq(relays.siteId, siteId), isNull(relays.revokedAt)))
    .orderBy(desc(relays.isOnline), desc(relays.enrolledAt))
    .limit(1);
  return row ?? null;
}

/** A relay by the id that an owner names, while it may serve this site: no other relay comes between the two. */
export async function findOwnRelay(
  db: Db,
  site: { agencyId: string; siteId: string },
  relayId: string,
): Promise<{ relay: RelayRow; sharing: SharingRow | null } | null> {
  const [row] = await db
    .select({ relay: relays, sharing: relaySharing })
    .from(relays)
    .leftJoin(relaySharing, eq(relaySharing.relayId, relays.id))
    .where(
      and(
        eq(relays.id, relayId),
        eq(relays.agencyId, site.agencyId),
        eq(relays.siteId, site.siteId),
        isNull(relays.revokedAt),
      ),
    );
  return row ?? null;
}

export async function findSharing(db: Db, agencyId: string, relayId: string): Promise<SharingRow | null> {
  const [row] = await db
    .select()
    .from(relaySharing)
    .where(and(eq(relaySharing.agencyId, agencyId), eq(relaySharing.relayId, relayId)))
    .limit(1);
  return row ?? null;
}

/** Keeps what a relay told; what waits for it stays. */
export async function saveTold(
  db: Db,
  of: { relayId: string; agencyId: string; siteId: string; told: SharingState; version: number; toldAt: Date },
): Promise<void> {
  const { told, version, toldAt } = of;
  await db
    .insert(relaySharing)
    .values(of)
    .onConflictDoUpdate({ target: relaySharing.relayId, set: { told, version, toldAt } });
}

export async function changeSharing(
  db: Db,
  agencyId: string,
  relayId: string,
  change: Partial<typeof relaySharing.$inferInsert>,
): Promise<void> {
  await db
    .update(relaySharing)
    .set(change)
    .where(and(eq(relaySharing.agencyId, agencyId), eq(relaySharing.relayId, relayId)));
}

/** Sets the modes of a site's cameras; gives those that are others now, and whether the agency has confirmed each. */
export async function setModes(
  db: Db,
  site: { agencyId: string; siteId: string },
  modeOf: (cameraId: string) => SharingMode,
): Promise<{ id: string; mode: SharingMode; isConfirmed: boolean }[]> {
  const rows = await db
    .select({ id: cameras.id, mode: cameras.sharingMode, confirmedAt: cameras.confirmedAt })
    .from(cameras)
    .where(and(eq(cameras.agencyId, site.agencyId), eq(cameras.siteId, site.siteId)))
    .orderBy(asc(cameras.number));
  const changed = rows.flatMap(({ id, mode, confirmedAt }) =>
    modeOf(id) === mode ? [] : [{ id, mode: modeOf(id), isConfirmed: confirmedAt !== null }],
  );
  for (const [mode, of] of Map.groupBy(changed, (camera) => camera.mode)) {
    const ids = sql.join(
      of.map(({ id }) => sql`${id}::uuid`),
      sql`, `,
    );
    await db
      .update(cameras)
      .set({ sharingMode: mode, changedAt: new Date() })
      .where(and(eq(cameras.agencyId, site.agencyId), ne(cameras.sharingMode, mode), sql`${cameras.id} in (${ids})`));
  }
  return changed;
}

/** Takes over how long the site's recorders keep what its cameras saw. */
export async function setKeptDays(
  db: Db,
  { agencyId, siteId }: { agencyId: string; siteId: string },
  keptDays: number | null,
): Promise<void> {
  await db
    .update(sites)
    .set({ keptDays })
    .where(and(eq(sites.agencyId, agencyId), eq(sites.id, siteId)));
}
