import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';

const userId = () =>
  uuid()
    .notNull()
    .references(() => users.id);

/** What supervisors have told operators. Kept for a day: longer than any session; the log keeps who wrote what to whom. */
export const messages = pgTable(
  'messages',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    userId: userId(),
    text: text().notNull(),
    sentBy: userId(),
    sentAt: moment().notNull(),
    acknowledgedAt: moment(),
  },
  (table) => [index().on(table.userId, table.sentAt), index().on(table.sentAt)],
);
