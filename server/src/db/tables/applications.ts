import type { ApplicationState, RefusalReason } from '@commonsight/types/application';
import type { RegistrantLanguage } from '@commonsight/types/registration';
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { ledgerLinks } from './ledger.ts';
import { sites } from './sites.ts';

/**
 * Applications to share live video. All that an applicant has said is sealed with a key of the application's own; what is
 * over keeps its id, its consent, its moments and what was decided.
 */
export const applications = pgTable(
  'applications',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    state: text().$type<ApplicationState>().notNull(),
    /** What was said: AES-256-GCM, base64. */
    sealed: text(),
    /** The key of `sealed`, wrapped with the server's. Without it `sealed` can be read by nobody. */
    wrappedKey: text(),
    /** HMAC-SHA-256 of the mail address in small letters, with a key of the server's. */
    emailHash: text(),
    language: text().$type<RegistrantLanguage>(),
    /** SHA-256 of the mailed link's secret; null before it is mailed, and when it opens nothing any more. */
    secretHash: text().unique(),
    /** When that mail was handed over. */
    mailedAt: moment(),
    termsVersion: integer().notNull(),
    /** SHA-256 of the text that was agreed to. */
    termsHash: text().notNull(),
    consentedAt: moment().notNull(),
    createdAt: moment().notNull(),
    /** The last opening of the link that has a line: one an hour. */
    openedAt: moment(),
    decidedAt: moment(),
    decidedBy: uuid().references(() => users.id),
    reason: text().$type<RefusalReason>(),
    /** What an approval has made. */
    siteId: uuid().references(() => sites.id),
    linkId: uuid().references(() => ledgerLinks.id),
    /** When the mail that says what was decided was handed over. */
    toldAt: moment(),
  },
  (table) => [
    index().on(table.agencyId, table.state),
    index().on(table.agencyId, table.emailHash, table.mailedAt),
    index().on(table.state, table.createdAt),
    check(
      'applications_are_sealed_or_erased',
      sql`num_nonnulls(${table.sealed}, ${table.wrappedKey}, ${table.emailHash}, ${table.language}) in (0, 4) and (${table.state} not in ('unverified', 'waiting') or ${table.wrappedKey} is not null) and (${table.state} not in ('withdrawn', 'expired') or ${table.wrappedKey} is null)`,
    ),
  ],
);
