import type { SharingMode } from '@commonsight/types/relay/sharing';
import type { StreamKind } from '@commonsight/types/stream-kind';
import { boolean, doublePrecision, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId, viewBox } from '../columns.ts';
import { agencies, users } from './accounts.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

export const sites = pgTable(
  'sites',
  {
    id: primaryId(),
    agencyId: agencyId(),
    name: text().notNull(),
    address: text().notNull(),
    /** A home: the policy says whether live video of it may be watched. */
    isResidential: boolean().notNull().default(false),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    /** By its name in the IANA database, until its owner has signed one; null: not known. */
    timeZone: text(),
    /** What its line carries upwards; null: not known. */
    uplinkKilobitsPerSecond: integer(),
    /** For so long its recorders keep what its cameras saw, by its owner's document in force; null: not said. */
    keptDays: integer(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.agencyId)],
);

export const relays = pgTable(
  'relays',
  {
    id: primaryId(),
    agencyId: agencyId(),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    name: text().notNull(),
    /** Ed25519, SPKI DER in base64url, pinned at enrolment. */
    publicKey: text().notNull(),
    enrolledAt: moment().notNull(),
    revokedAt: moment(),
    /** Whether the relay link is up, as this server last saw it; a starting server sets every relay offline. */
    isOnline: boolean().notNull().default(false),
    onlineChangedAt: moment(),
  },
  (table) => [index().on(table.agencyId), index().on(table.siteId)],
);

/** One-time codes, kept as their SHA-256. */
export const enrolmentCodes = pgTable('enrolment_codes', {
  id: primaryId(),
  agencyId: agencyId(),
  siteId: uuid()
    .notNull()
    .references(() => sites.id),
  codeHash: text().notNull().unique(),
  createdBy: uuid().references(() => users.id),
  createdAt: moment().notNull(),
  expiresAt: moment().notNull(),
  usedAt: moment(),
});

export const cameras = pgTable(
  'cameras',
  {
    id: primaryId(),
    agencyId: agencyId(),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    number: integer().notNull(),
    name: text().notNull(),
    /** A named part of the site's cameras, such as its entrances. */
    section: text(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    bearingDegrees: doublePrecision().notNull(),
    angleDegrees: doublePrecision().notNull(),
    rangeMetres: doublePrecision().notNull(),
    sharingMode: text().$type<SharingMode>().notNull(),
    /** When the agency confirmed it; null: nobody sees it yet. Who says nothing of it confirms nothing. */
    confirmedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    changedAt: moment().notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.agencyId, table.number),
    index().on(table.latitude, table.longitude),
    index('cameras_view_box').using('gist', viewBox(table)),
  ],
);

export const streams = pgTable(
  'streams',
  {
    id: primaryId(),
    agencyId: agencyId(),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    kind: text().$type<StreamKind>().notNull(),
  },
  (table) => [unique().on(table.cameraId, table.kind)],
);
