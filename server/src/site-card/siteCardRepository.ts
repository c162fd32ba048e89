import { and, eq } from 'drizzle-orm';
import type { Db } from '../db/Database.ts';
import { siteCards } from '../db/schema.ts';

export type SiteCardRow = typeof siteCards.$inferSelect;

export async function findSiteCard(db: Db, agencyId: string, siteId: string): Promise<SiteCardRow | null> {
  const [row] = await db
    .select()
    .from(siteCards)
    .where(and(eq(siteCards.agencyId, agencyId), eq(siteCards.siteId, siteId)))
    .limit(1);
  return row ?? null;
}

/** In the place of the site's card before. */
export async function saveSiteCard(db: Db, row: SiteCardRow): Promise<void> {
  const { id: _, agencyId: _agencyId, siteId: _siteId, ...values } = row;
  await db.insert(siteCards).values(row).onConflictDoUpdate({ target: siteCards.siteId, set: values });
}
