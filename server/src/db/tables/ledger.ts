import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { incidents } from './incidents.ts';
import { sites } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const createdBy = () =>
  uuid()
    .notNull()
    .references(() => users.id);

/** Links with which owners read their site's ledger. The secret is kept as its SHA-256. */
export const ledgerLinks = pgTable(
  'ledger_links',
  {
    id: primaryId(),
    agencyId: agencyId(),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    secretHash: text().notNull().unique(),
    createdBy: createdBy(),
    createdAt: moment().notNull(),
    revokedAt: moment(),
    /** The last reading that has a line: one an hour. */
    lastReadAt: moment(),
  },
  (table) => [index().on(table.siteId)],
);

/** Incidents whose number owners do not see for a while; one for an incident, for ever. */
export const ledgerWithholdings = pgTable('ledger_withholdings', {
  id: primaryId(),
  agencyId: agencyId(),
  incidentId: uuid()
    .notNull()
    .unique()
    .references(() => incidents.id),
  createdBy: createdBy(),
  createdAt: moment().notNull(),
  endsAt: moment().notNull(),
  endedAt: moment(),
  note: text().notNull(),
});
