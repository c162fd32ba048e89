import { and, eq, gt, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { agencies, ledgerDigests, ledgerLinks, sites } from '../db/schema.ts';

export type DigestRow = typeof ledgerDigests.$inferSelect;

const noPending = { pendingSealed: null, pendingLanguage: null, pendingTimeZone: null };

/** A digest with the names of what it is about. */
export interface NamedDigest {
  digest: DigestRow;
  siteName: string;
  agencyName: string;
}

export async function findDigest(db: Db, linkId: string): Promise<DigestRow | null> {
  const [row] = await db.select().from(ledgerDigests).where(eq(ledgerDigests.linkId, linkId));
  return row ?? null;
}

/** The digest, or the other address of one, that a mailed secret confirms, if it was asked for after `since` and its link still opens. */
export async function findAsked(db: Db, confirmHash: string, since: Date): Promise<NamedDigest | null> {
  const [row] = await named(db).where(
    and(
      eq(ledgerDigests.confirmHash, confirmHash),
      ne(ledgerDigests.state, 'off'),
      gt(ledgerDigests.askedAt, since),
      isNull(ledgerLinks.revokedAt),
    ),
  );
  return row ?? null;
}

/** Those that are mailed, each while its link opens. */
export function listRunning(db: Db): Promise<NamedDigest[]> {
  return named(db).where(and(eq(ledgerDigests.state, 'on'), isNull(ledgerLinks.revokedAt)));
}

/** Those whose link opens nothing any more, and those that nobody has confirmed since a moment. */
export async function listOver(db: Db, since: Date): Promise<DigestRow[]> {
  const unanswered = and(eq(ledgerDigests.state, 'asked'), lte(ledgerDigests.askedAt, since));
  const rows = await named(db).where(
    and(ne(ledgerDigests.state, 'off'), or(isNotNull(ledgerLinks.revokedAt), unanswered)),
  );
  return rows.map(({ digest }) => digest);
}

function named(db: Db) {
  return db
    .select({ digest: ledgerDigests, siteName: sites.name, agencyName: agencies.name })
    .from(ledgerDigests)
    .innerJoin(ledgerLinks, eq(ledgerLinks.id, ledgerDigests.linkId))
    .innerJoin(sites, eq(sites.id, ledgerDigests.siteId))
    .innerJoin(agencies, eq(agencies.id, ledgerDigests.agencyId));
}

/** Those whose other address nobody has confirmed since a moment. */
export function listPendingOver(db: Db, since: Date): Promise<DigestRow[]> {
  const isOver = and(isNotNull(ledgerDigests.pendingSealed), lte(ledgerDigests.askedAt, since));
  return db.select().from(ledgerDigests).where(isOver);
}

/** Forgets the address that was to take another one's place; null when it has meanwhile. */
export async function forgetPending(db: Db, { linkId, confirmHash }: DigestRow): Promise<DigestRow | null> {
  const isSame = confirmHash === null ? isNull(ledgerDigests.confirmHash) : eq(ledgerDigests.confirmHash, confirmHash);
  const [row] = await db
    .update(ledgerDigests)
    .set({ ...noPending, confirmHash: null })
    .where(and(eq(ledgerDigests.linkId, linkId), isNotNull(ledgerDigests.pendingSealed), isSame))
    .returning();
  return row ?? null;
}

/**
 * Keeps what somebody asks for; null when that was asked too often since `countedSince`. An address that was confirmed stays until
 * this one is: whoever has the link alone ends nothing by asking.
 */
export async function saveAsk(
  db: Db,
  row: Pick<DigestRow, 'linkId' | 'agencyId' | 'siteId' | 'language' | 'timeZone'> & {
    sealed: string;
    confirmHash: string;
    askedAt: Date;
  },
  limit: { most: number; countedSince: Date },
): Promise<DigestRow | null> {
  const { confirmHash, askedAt } = row;
  const isOld = lte(ledgerDigests.asksSince, limit.countedSince);
  const isOn = eq(ledgerDigests.state, 'on');
  const [saved] = await db
    .insert(ledgerDigests)
    .values({ ...row, state: 'asked', asks: 1, asksSince: askedAt })
    .onConflictDoUpdate({
      target: ledgerDigests.linkId,
      set: {
        language: sql`case when ${isOn} then ${ledgerDigests.language} else excluded.language end`,
        timeZone: sql`case when ${isOn} then ${ledgerDigests.timeZone} else excluded.time_zone end`,
        sealed: sql`case when ${isOn} then ${ledgerDigests.sealed} else excluded.sealed end`,
        pendingLanguage: sql`case when ${isOn} then excluded.language end`,
        pendingTimeZone: sql`case when ${isOn} then excluded.time_zone end`,
        pendingSealed: sql`case when ${isOn} then excluded.sealed end`,
        state: sql`case when ${isOn} then 'on' else 'asked' end`,
        confirmHash,
        askedAt,
        asks: sql`case when ${isOld} then 1 else ${ledgerDigests.asks} + 1 end`,
        asksSince: sql`case when ${isOld} then excluded.asked_at else ${ledgerDigests.asksSince} end`,
      },
      setWhere: sql`${isOld} or ${lt(ledgerDigests.asks, limit.most)}`,
    })
    .returning();
  return saved ?? null;
}

/** From now on it is mailed; null when the secret was used meanwhile. */
export async function confirmDigest(
  db: Db,
  of: { linkId: string; confirmHash: string },
  covered: { week: string; until: Date },
): Promise<DigestRow | null> {
  const isOn = eq(ledgerDigests.state, 'on');
  const [row] = await db
    .update(ledgerDigests)
    .set({
      state: 'on',
      confirmHash: null,
      sealed: sql`coalesce(${ledgerDigests.pendingSealed}, ${ledgerDigests.sealed})`,
      language: sql`coalesce(${ledgerDigests.pendingLanguage}, ${ledgerDigests.language})`,
      timeZone: sql`coalesce(${ledgerDigests.pendingTimeZone}, ${ledgerDigests.timeZone})`,
      ...noPending,
      // Also after it was stopped and asked for anew, no week is mailed twice. Another address is told what the one before it
      // would have been told.
      coveredWeek: sql`case when ${isOn} then ${ledgerDigests.coveredWeek} else greatest(${ledgerDigests.coveredWeek}, ${covered.week}) end`,
      coveredUntil: sql`case when ${isOn} then ${ledgerDigests.coveredUntil} else ${covered.until.toISOString()}::timestamptz end`,
    })
    .where(
      and(
        eq(ledgerDigests.linkId, of.linkId),
        ne(ledgerDigests.state, 'off'),
        eq(ledgerDigests.confirmHash, of.confirmHash),
      ),
    )
    .returning();
  return row ?? null;
}

/** Ends it and erases the address; null when it is off already. */
export async function endDigest(db: Db, linkId: string): Promise<DigestRow | null> {
  const [row] = await db
    .update(ledgerDigests)
    .set({ state: 'off', sealed: null, confirmHash: null, ...noPending })
    .where(and(eq(ledgerDigests.linkId, linkId), ne(ledgerDigests.state, 'off')))
    .returning();
  return row ?? null;
}

/** Takes a week to mail it; null when it, or a later one, was taken before. */
export async function claimWeek(db: Db, linkId: string, monday: string): Promise<DigestRow | null> {
  const isNew = or(isNull(ledgerDigests.coveredWeek), lt(ledgerDigests.coveredWeek, monday));
  const [row] = await db
    .update(ledgerDigests)
    .set({ coveredWeek: monday })
    .where(and(eq(ledgerDigests.linkId, linkId), eq(ledgerDigests.state, 'on'), isNew))
    .returning();
  return row ?? null;
}

/** Gives back a week that surely was not mailed. */
export async function unclaimWeek(db: Db, linkId: string, monday: string, before: string | null): Promise<void> {
  await db
    .update(ledgerDigests)
    .set({ coveredWeek: before })
    .where(and(eq(ledgerDigests.linkId, linkId), eq(ledgerDigests.coveredWeek, monday)));
}

export async function noteCovered(db: Db, linkId: string, until: Date): Promise<void> {
  await db.update(ledgerDigests).set({ coveredUntil: until }).where(eq(ledgerDigests.linkId, linkId));
}
