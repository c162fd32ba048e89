import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies } from './accounts.ts';
import { relays, sites } from './sites.ts';

/**
 * What owners let responders read of their sites while an alert runs, one card for a site. What it says and its floor plan are
 * sealed with a key of the card's own, made anew with each version; an emptied card keeps its version and nothing else.
 */
export const siteCards = pgTable('site_cards', {
  id: primaryId(),
  agencyId: uuid()
    .notNull()
    .references(() => agencies.id),
  siteId: uuid()
    .notNull()
    .unique()
    .references(() => sites.id),
  /** Whose owner signed it. */
  relayId: uuid()
    .notNull()
    .references(() => relays.id),
  version: integer().notNull(),
  /** The sealed card: AES-256-GCM, base64. */
  sealed: text(),
  /** The sealed floor plan, in the same way. */
  sealedPlan: text(),
  planWidth: integer(),
  planHeight: integer(),
  /** The key of what is sealed, wrapped with the server's. Without it nobody can read the card. */
  wrappedKey: text(),
  changedAt: moment().notNull(),
});
