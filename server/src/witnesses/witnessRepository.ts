import type { WitnessAlarm } from '@commonsight/types/witness';
import { and, asc, count, desc, eq, gte, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { auditCheckpoints, cosignatures, relays, sites, witnesses } from '../db/schema.ts';

export type WitnessRow = typeof witnesses.$inferSelect;
type CosignatureRow = typeof cosignatures.$inferSelect;

const hourMs = 60 * 60 * 1_000;

export async function findWitness(db: Db, relayId: string): Promise<WitnessRow | null> {
  const [row] = await db.select().from(witnesses).where(eq(witnesses.relayId, relayId)).limit(1);
  return row ?? null;
}

export async function saveWitness(db: Db, row: WitnessRow): Promise<void> {
  const { verifierKey, introducedAt, alarm } = row;
  await db
    .insert(witnesses)
    .values(row)
    .onConflictDoUpdate({ target: witnesses.relayId, set: { verifierKey, introducedAt, alarm } });
}

/** The relays of an agency that have introduced themselves and are not revoked. */
export function listWitnessRows(db: Db, agencyId: string) {
  return db
    .select({ witness: witnesses, relay: relays, siteName: sites.name })
    .from(witnesses)
    .innerJoin(relays, eq(relays.id, witnesses.relayId))
    .innerJoin(sites, eq(sites.id, relays.siteId))
    .where(and(eq(witnesses.agencyId, agencyId), isNull(relays.revokedAt)))
    .orderBy(asc(sites.name), asc(relays.name), asc(relays.id));
}

/** The newest cosignature of each relay of the agency, by growing size. */
export async function listLastCosignatures(
  db: Db,
  agencyId: string,
): Promise<(CosignatureRow & { verifierKey: string })[]> {
  const rows = await db
    .selectDistinctOn([cosignatures.relayId], { cosignature: cosignatures, verifierKey: witnesses.verifierKey })
    .from(cosignatures)
    .innerJoin(witnesses, eq(witnesses.relayId, cosignatures.relayId))
    .innerJoin(relays, eq(relays.id, cosignatures.relayId))
    .where(and(eq(cosignatures.agencyId, agencyId), isNull(relays.revokedAt)))
    .orderBy(cosignatures.relayId, desc(cosignatures.size));
  return rows
    .map(({ cosignature, verifierKey }) => ({ ...cosignature, verifierKey }))
    .toSorted((one, other) => one.size - other.size);
}

/** Notes of one checkpoint, each with another relay's cosignature, the newest first. */
export async function listCosignedNotes(db: Db, agencyId: string, size: number, most: number): Promise<string[]> {
  const rows = await db
    .select({ note: cosignatures.note })
    .from(cosignatures)
    .where(and(eq(cosignatures.agencyId, agencyId), eq(cosignatures.size, size)))
    .orderBy(desc(cosignatures.cosignedAt))
    .limit(most);
  return rows.map(({ note }) => note);
}

/** Keeps a cosignature; of those before in the same hour it takes the place. */
export async function saveCosignature(db: Db, row: CosignatureRow): Promise<void> {
  const { relayId, size, cosignedAt, note } = row;
  const hour = new Date(Math.floor(cosignedAt.getTime() / hourMs) * hourMs);
  await db
    .insert(cosignatures)
    .values(row)
    .onConflictDoUpdate({ target: [cosignatures.relayId, cosignatures.size], set: { cosignedAt, note } });
  await db
    .delete(cosignatures)
    .where(and(eq(cosignatures.relayId, relayId), lt(cosignatures.size, size), gte(cosignatures.cosignedAt, hour)));
}

export async function findCheckpointNote(db: Db, logId: string, size: number): Promise<string | null> {
  const [row] = await db
    .select({ note: auditCheckpoints.note })
    .from(auditCheckpoints)
    .where(and(eq(auditCheckpoints.logId, logId), eq(auditCheckpoints.size, size)))
    .limit(1);
  return row?.note ?? null;
}

/** The relays of a site, with what each has cosigned last and what it raises. */
export async function listWitnessesOfSite(
  db: Db,
  siteId: string,
): Promise<{ relayName: string; cosignedAt: Date | null; alarm: WitnessAlarm | null }[]> {
  const rows = await db
    .select({ relay: relays, alarm: witnesses.alarm })
    .from(relays)
    .leftJoin(witnesses, eq(witnesses.relayId, relays.id))
    .where(and(eq(relays.siteId, siteId), isNull(relays.revokedAt)))
    .orderBy(asc(relays.enrolledAt));
  const found = [];
  for (const { relay, alarm } of rows) {
    const [last] = await db
      .select({ cosignedAt: cosignatures.cosignedAt })
      .from(cosignatures)
      .where(eq(cosignatures.relayId, relay.id))
      .orderBy(desc(cosignatures.size))
      .limit(1);
    found.push({ relayName: relay.name, cosignedAt: last?.cosignedAt ?? null, alarm });
  }
  return found;
}

/** Of all agencies, for the health of this server. */
export async function countWitnesses(db: Db, since: Date): Promise<{ current: number; alarms: number }> {
  const current = await db
    .selectDistinct({ relayId: cosignatures.relayId })
    .from(cosignatures)
    .innerJoin(relays, eq(relays.id, cosignatures.relayId))
    .where(and(gte(cosignatures.cosignedAt, since), isNull(relays.revokedAt)));
  const [alarms] = await db
    .select({ value: count() })
    .from(witnesses)
    .innerJoin(relays, eq(relays.id, witnesses.relayId))
    .where(and(isNotNull(witnesses.alarm), isNull(relays.revokedAt)));
  return { current: current.length, alarms: alarms?.value ?? 0 };
}
