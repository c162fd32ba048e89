import type { RegistrantLanguage } from '@commonsight/types/registration';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { agencies } from './accounts.ts';
import { ledgerLinks } from './ledger.ts';
import { sites } from './sites.ts';

/** The ledger as a weekly mail: one for an owner's link at most. The row stays when it is stopped, so that no week is mailed twice. */
export const ledgerDigests = pgTable(
  'ledger_digests',
  {
    linkId: uuid()
      .primaryKey()
      .references(() => ledgerLinks.id),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    state: text().$type<'off' | 'asked' | 'on'>().notNull(),
    language: text().$type<RegistrantLanguage>().notNull(),
    /** Of the browser that asked; the site's sharing document has a say before it. */
    timeZone: text().notNull(),
    /** The mail address, sealed with a key outside the database; null when it is off. */
    sealed: text(),
    /** What shall take the place of the confirmed address, sealed in the same way, with its own words and clock: until it is confirmed itself. */
    pendingSealed: text(),
    pendingLanguage: text().$type<RegistrantLanguage>(),
    pendingTimeZone: text(),
    /** SHA-256 of the mailed secret that confirms the address, or the pending one, while that is asked. */
    confirmHash: text().unique(),
    askedAt: moment().notNull(),
    /** Mails that asked, counted from `asksSince` for a day. */
    asks: integer().notNull(),
    asksSince: moment().notNull(),
    /** The Monday (`2026-11-23`) of the last week that was mailed, or that needs no mail; written before the mail is handed over. */
    coveredWeek: text(),
    /** Until when the mails that were handed over tell: a week that could not be mailed is told with the next. */
    coveredUntil: moment(),
  },
  (table) => [index().on(table.state)],
);
