import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';

/**
 * Tries to prove a factor that have not succeeded. A row is written before the factor is looked at, so that many tries
 * at once cannot be more than those that are allowed. The user may be made up, for an email that nobody has.
 */
export const signInTries = pgTable(
  'sign_in_tries',
  {
    id: primaryId(),
    userId: uuid().notNull(),
    at: moment().notNull(),
  },
  (table) => [index().on(table.userId, table.at), index().on(table.at)],
);

/** Codes of authenticator apps that have been used: each works once. */
export const usedCodes = pgTable(
  'used_codes',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
    usedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

/** One-time links with which invited people set their password. The token itself is kept nowhere. */
export const invitations = pgTable(
  'invitations',
  {
    id: primaryId(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    tokenHash: text().notNull().unique(),
    createdAt: moment().notNull(),
    endsAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index().on(table.userId)],
);

/** better-auth's second factor: secret and backup codes, encrypted with the session key. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: primaryId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    verified: boolean().notNull().default(false),
    failedVerificationCount: integer().notNull().default(0),
    lockedUntil: moment(),
  },
  (table) => [index().on(table.userId)],
);

/** better-auth's passkey. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: primaryId(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text(),
    publicKey: text().notNull(),
    credentialID: text().notNull().unique(),
    counter: integer().notNull(),
    deviceType: text().notNull(),
    backedUp: boolean().notNull(),
    transports: text(),
    createdAt: moment(),
    aaguid: text(),
  },
  (table) => [index().on(table.userId)],
);
