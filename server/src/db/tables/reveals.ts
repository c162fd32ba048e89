import type { Purpose } from '@commonsight/types/purpose';
import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { incidents } from './incidents.ts';
import { registrations } from './registrations.ts';

/** That a registration's contact was shown, to whom and for what. The registrant reads when and for what. */
export const registrationReveals = pgTable(
  'registration_reveals',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    registrationId: uuid()
      .notNull()
      .references(() => registrations.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    purpose: text().$type<Purpose>().notNull(),
    incidentId: uuid().references(() => incidents.id),
    caseNumber: text(),
    at: moment().notNull(),
  },
  (table) => [index().on(table.registrationId, table.at), index().on(table.userId, table.at)],
);
