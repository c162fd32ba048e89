import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies } from './accounts.ts';
import { registrations } from './registrations.ts';

/**
 * Which registrations are canaries: beside them, so that nothing that reads a registration can tell. A canary is made
 * first and becomes a registration later, at a time that its maker's line does not tell.
 */
export const canaries = pgTable('canaries', {
  id: primaryId(),
  agencyId: uuid()
    .notNull()
    .references(() => agencies.id),
  /** What it has become; null while it waits. */
  registrationId: uuid()
    .unique()
    .references(() => registrations.id),
  /** What it will be, sealed with a key of its own; null once it is a registration. */
  sealed: text(),
  wrappedKey: text(),
  madeAt: moment().notNull(),
  /** What a registrant would do next, and when it is done; null: nothing until the yearly question. */
  next: text().$type<'start' | 'verify' | 'confirm'>(),
  dueAt: moment(),
  /** The link that a mail would have had. */
  linkId: uuid(),
});
