import type { FlagKind, Review, ReviewFinding, Shift } from '@commonsight/types/review';
import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { moment } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { viewings } from './grants.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const viewingId = () =>
  uuid()
    .notNull()
    .references(() => viewings.id);

/** Which ended viewings every flag has been looked for in, and whether chance has drawn them for review. */
export const examinations = pgTable('examinations', {
  viewingId: viewingId().primaryKey(),
  agencyId: agencyId(),
  examinedAt: moment().notNull(),
  isDrawn: boolean().notNull(),
});

export const viewingFlags = pgTable(
  'viewing_flags',
  {
    viewingId: viewingId(),
    agencyId: agencyId(),
    kind: text().$type<FlagKind>().notNull(),
    reason: text().notNull(),
    foundAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.viewingId, table.kind] })],
);

/** At most one for a viewing, which it is named by. */
export const reviews = pgTable(
  'reviews',
  {
    viewingId: viewingId().primaryKey(),
    agencyId: agencyId(),
    origin: text().$type<Review['origin']>().notNull(),
    openedAt: moment().notNull(),
    closedAt: moment(),
    closedBy: uuid().references(() => users.id),
    finding: text().$type<ReviewFinding>(),
    note: text(),
  },
  (table) => [
    index('reviews_open')
      .on(table.agencyId, table.openedAt)
      .where(sql`closed_at is null`),
    index().on(table.agencyId, table.closedAt),
  ],
);

/** Working hours; whose are not here has none to be outside of. */
export const shifts = pgTable('shifts', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  agencyId: agencyId(),
  shift: jsonb().$type<Shift>().notNull(),
});
