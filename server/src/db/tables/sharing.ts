import type { SharingState, SignedSharing } from '@commonsight/types/relay/sharing';
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { agencies } from './accounts.ts';
import { relays, sites } from './sites.ts';

/** What each relay goes by, as it told last, and the document that waits for its return. Owners sign, so nothing here is secret. */
export const relaySharing = pgTable(
  'relay_sharing',
  {
    relayId: uuid()
      .primaryKey()
      .references(() => relays.id),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    told: jsonb().$type<SharingState>().notNull(),
    /** Of the document in force; 0 before the first. */
    version: integer().notNull(),
    toldAt: moment().notNull(),
    waiting: jsonb().$type<SignedSharing>(),
    waitingVersion: integer(),
    waitingSince: moment(),
    refusedVersion: integer(),
    refusal: text(),
    refusedAt: moment(),
  },
  (table) => [index().on(table.siteId)],
);
