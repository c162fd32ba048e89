import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { outages } from '../db/schema.ts';

export type OutageRow = typeof outages.$inferSelect;

interface OfSite {
  agencyId: string;
  siteId: string;
  isRelay: boolean;
}

/**
 * Keeps which of a site's cameras, or whether its relay, are out of reach at this moment: who was before stays as it was, and who
 * is not any more goes.
 */
export async function keepOutages(
  db: Db,
  { agencyId, siteId, isRelay }: OfSite,
  down: readonly string[],
  now: Date,
): Promise<void> {
  const known = await db
    .select({ id: outages.id })
    .from(outages)
    .where(and(eq(outages.agencyId, agencyId), eq(outages.siteId, siteId), eq(outages.isRelay, isRelay)));
  const over = known.flatMap(({ id }) => (down.includes(id) ? [] : [id]));
  if (over.length > 0) await db.delete(outages).where(inArray(outages.id, over));
  if (down.length === 0) return;
  const rows = down.map((id) => ({ id, agencyId, siteId, isRelay, since: now, toldAt: null }));
  await db.insert(outages).values(rows).onConflictDoNothing();
}

/** Takes those that have lasted since before the moment and that nobody was told of; each is given once. */
export function takeUntold(
  db: Db,
  { agencyId, siteId, isRelay }: OfSite,
  before: Date,
  now: Date,
): Promise<OutageRow[]> {
  return db
    .update(outages)
    .set({ toldAt: now })
    .where(
      and(
        eq(outages.agencyId, agencyId),
        eq(outages.siteId, siteId),
        eq(outages.isRelay, isRelay),
        lte(outages.since, before),
        isNull(outages.toldAt),
      ),
    )
    .returning();
}
