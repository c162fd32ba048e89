import type {
  Coverage,
  Placement,
  Recording,
  RegistrantLanguage,
  RegistrationKind,
  RegistrationState,
} from '@commonsight/types/registration';
import { sql } from 'drizzle-orm';
import { check, doublePrecision, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId, viewBox } from '../columns.ts';
import { agencies } from './accounts.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

/**
 * Registered cameras. They refer to their agency and to nothing else: no stream, site, relay or camera can be reached from
 * one, so that registering gives no live access. Contact and the address of a home are sealed with a key of the
 * registration's own; a deleted one keeps its id, its consent and its moments, and nothing that was said about the camera.
 */
export const registrations = pgTable(
  'registrations',
  {
    id: primaryId(),
    agencyId: agencyId(),
    state: text().$type<RegistrationState>().notNull(),
    kind: text().$type<RegistrationKind>(),
    placement: text().$type<Placement>(),
    /** Of a business; a home's is among what is sealed. */
    address: text(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    bearingDegrees: doublePrecision(),
    angleDegrees: doublePrecision(),
    rangeMetres: doublePrecision(),
    covers: text().array().$type<Coverage[]>(),
    retentionDays: integer(),
    recording: text().$type<Recording>(),
    clockOffsetSeconds: integer(),
    /** The sealed contact, and the address of a home: AES-256-GCM, base64. */
    sealed: text(),
    /** The key of `sealed`, wrapped with the server's. Without it `sealed` can be read by nobody. */
    wrappedKey: text(),
    /** HMAC-SHA-256 of the mail address in small letters, with a key of the server's. */
    emailHash: text(),
    language: text().$type<RegistrantLanguage>(),
    pausedUntil: moment(),
    termsVersion: integer().notNull(),
    /** SHA-256 of the text that was agreed to. */
    termsHash: text().notNull(),
    consentedAt: moment().notNull(),
    createdAt: moment().notNull(),
    lastConfirmedAt: moment().notNull(),
    /** How often the yearly question has been mailed since the last confirmation, and when last. */
    questions: integer().notNull().default(0),
    askedAt: moment(),
    dormantAt: moment(),
    deletedAt: moment(),
  },
  (table) => [
    index().on(table.agencyId, table.latitude, table.longitude),
    index('registrations_view_box').using('gist', viewBox(table)),
    index().on(table.agencyId, table.emailHash),
    index().on(table.state, table.lastConfirmedAt),
    check(
      'registrations_deleted_is_empty',
      sql`(${table.state} = 'deleted') = (${table.wrappedKey} is null) and (${table.state} <> 'deleted' or num_nonnulls(${table.sealed}, ${table.emailHash}, ${table.address}, ${table.latitude}, ${table.longitude}) = 0)`,
    ),
  ],
);

/** Links that were mailed; secrets are kept as their SHA-256. */
export const registrantLinks = pgTable(
  'registrant_links',
  {
    id: primaryId(),
    agencyId: agencyId(),
    /** The registration that the link verifies; null for a link to all of the mail address's registrations. */
    registrationId: uuid().references(() => registrations.id, { onDelete: 'cascade' }),
    emailHash: text().notNull(),
    secretHash: text().notNull().unique(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index().on(table.agencyId, table.emailHash, table.createdAt), index().on(table.expiresAt)],
);

/** What opened links have opened: a mail address's registrations in one agency, for a while. */
export const registrantSessions = pgTable(
  'registrant_sessions',
  {
    id: primaryId(),
    agencyId: agencyId(),
    emailHash: text().notNull(),
    secretHash: text().notNull().unique(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.agencyId, table.emailHash), index().on(table.expiresAt)],
);
