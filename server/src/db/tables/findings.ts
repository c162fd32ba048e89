import type { Finding } from '@commonsight/types/finding';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';

/** What auditors have noted. Never deleted; the lines of the log say who opened and closed each. */
export const findings = pgTable(
  'findings',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    state: text().$type<Finding['state']>().notNull(),
    sequences: jsonb().$type<number[]>().notNull(),
    note: text().notNull(),
    /** Null: the system. */
    createdBy: uuid().references(() => users.id),
    createdAt: moment().notNull(),
    closedBy: uuid().references(() => users.id),
    closedAt: moment(),
    outcome: text(),
  },
  (table) => [index().on(table.agencyId, table.createdAt)],
);
