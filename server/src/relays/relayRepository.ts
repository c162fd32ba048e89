import { and, asc, count, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { enrolmentCodes, relays } from '../db/schema.ts';
import type { RelayRow } from '../sites/siteRepository.ts';

export type EnrolmentCodeRow = typeof enrolmentCodes.$inferSelect;

export function listRelays(db: Db, agencyId: string): Promise<RelayRow[]> {
  return db.select().from(relays).where(eq(relays.agencyId, agencyId)).orderBy(asc(relays.enrolledAt));
}

/** The relays that may serve a site: enrolled and not revoked, the newest last. */
export function listRelaysOfSite(db: Db, agencyId: string, siteId: string): Promise<RelayRow[]> {
  return db
    .select()
    .from(relays)
    .where(and(eq(relays.agencyId, agencyId), eq(relays.siteId, siteId), isNull(relays.revokedAt)))
    .orderBy(asc(relays.enrolledAt));
}

export async function findRelay(db: Db, agencyId: string, id: string): Promise<RelayRow | null> {
  const [row] = await db
    .select()
    .from(relays)
    .where(and(eq(relays.agencyId, agencyId), eq(relays.id, id)))
    .limit(1);
  return row ?? null;
}

/** By id alone: for a relay that has still to prove who it is, and with it its agency. */
export async function findRelayToProve(db: Db, id: string): Promise<RelayRow | null> {
  const [row] = await db.select().from(relays).where(eq(relays.id, id)).limit(1);
  return row ?? null;
}

export async function insertRelay(db: Db, row: typeof relays.$inferInsert): Promise<void> {
  await db.insert(relays).values(row);
}

/** Revokes a relay; null when it was revoked before. */
export async function revokeRelay(db: Db, agencyId: string, id: string, now: Date): Promise<RelayRow | null> {
  const [row] = await db
    .update(relays)
    .set({ revokedAt: now })
    .where(and(eq(relays.agencyId, agencyId), eq(relays.id, id), isNull(relays.revokedAt)))
    .returning();
  return row ?? null;
}

/** Null when there is no such relay, and for one that was revoked and would come online. */
export async function setRelayOnline(
  db: Db,
  relay: { agencyId: string; id: string },
  change: { isOnline: boolean; at: Date },
): Promise<RelayRow | null> {
  const [row] = await db
    .update(relays)
    .set({ isOnline: change.isOnline, onlineChangedAt: change.at })
    .where(
      and(
        eq(relays.agencyId, relay.agencyId),
        eq(relays.id, relay.id),
        change.isOnline ? isNull(relays.revokedAt) : undefined,
      ),
    )
    .returning();
  return row ?? null;
}

/** For a server that starts: no link is up yet, whatever the last one wrote. */
export async function setAllRelaysOffline(db: Db, at: Date): Promise<void> {
  await db.update(relays).set({ isOnline: false, onlineChangedAt: at }).where(eq(relays.isOnline, true));
}

/** How many relays of all agencies there are, for the health of this server. */
export async function countRelays(db: Db): Promise<{ enrolled: number; online: number }> {
  const enrolled = await db.select({ value: count() }).from(relays).where(isNull(relays.revokedAt));
  const online = await db
    .select({ value: count() })
    .from(relays)
    .where(and(isNull(relays.revokedAt), eq(relays.isOnline, true)));
  return { enrolled: enrolled[0]?.value ?? 0, online: online[0]?.value ?? 0 };
}

export async function insertCode(db: Db, row: typeof enrolmentCodes.$inferInsert): Promise<void> {
  await db.insert(enrolmentCodes).values(row);
}

/** By its hash alone: the code is what tells the agency. Also finds used and expired ones, for the audit. */
export async function findCode(db: Db, codeHash: string): Promise<EnrolmentCodeRow | null> {
  const [row] = await db.select().from(enrolmentCodes).where(eq(enrolmentCodes.codeHash, codeHash)).limit(1);
  return row ?? null;
}

/** Uses a code up, once: of two relays that come at the same moment, one gets `false`. */
export async function useCode(db: Db, codeId: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(enrolmentCodes)
    .set({ usedAt: now })
    .where(and(eq(enrolmentCodes.id, codeId), isNull(enrolmentCodes.usedAt), gt(enrolmentCodes.expiresAt, now)))
    .returning({ id: enrolmentCodes.id });
  return rows.length === 1;
}
