import type { FootageState } from '@commonsight/types/footage';
import type { RegistrantLanguage } from '@commonsight/types/registration';
import type { SearchShape } from '@commonsight/types/search';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { incidents } from './incidents.ts';
import { registrations } from './registrations.ts';
import { cameras, sites } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const userId = () =>
  uuid()
    .notNull()
    .references(() => users.id);

/** What requests and files belong to: an incident or a case number, with the key that seals its files. */
export const footageCases = pgTable(
  'footage_cases',
  {
    id: primaryId(),
    agencyId: agencyId(),
    incidentId: uuid()
      .unique()
      .references(() => incidents.id),
    caseNumber: text(),
    /** The key of the case's files, wrapped with the server's, which the database does not have. */
    wrappedKey: text().notNull(),
    createdAt: moment().notNull(),
  },
  (table) => [
    unique().on(table.agencyId, table.caseNumber),
    check('footage_cases_has_one_number', sql`num_nonnulls(${table.incidentId}, ${table.caseNumber}) = 1`),
  ],
);

export const footageRequests = pgTable(
  'footage_requests',
  {
    id: primaryId(),
    agencyId: agencyId(),
    caseId: uuid()
      .notNull()
      .references(() => footageCases.id),
    createdBy: userId(),
    createdAt: moment().notNull(),
    windowFrom: moment().notNull(),
    windowTo: moment().notNull(),
    shape: jsonb().$type<SearchShape>().notNull(),
    place: text().notNull(),
    deadline: moment().notNull(),
    timeZone: text().notNull(),
    text: text().notNull(),
  },
  (table) => [index().on(table.createdBy, table.createdAt), index().on(table.caseId)],
);

/** Whom the sender of a request, or one of these, lets read it besides: nobody else does. */
export const footagePeople = pgTable(
  'footage_people',
  {
    requestId: uuid()
      .notNull()
      .references(() => footageRequests.id),
    agencyId: agencyId(),
    userId: userId(),
    addedBy: userId(),
    addedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.requestId, table.userId] }), index().on(table.userId)],
);

/** One contact that a request asks: a registrant by the mail address's hash, or the owner of a site. */
export const footageRecipients = pgTable(
  'footage_recipients',
  {
    id: primaryId(),
    agencyId: agencyId(),
    requestId: uuid()
      .notNull()
      .references(() => footageRequests.id),
    /**
     * As in `registrations`; null for an owner, and when nothing is registered under the address any more. A canary, which has
     * no address, is found by its registration's id here, so that it is counted like a contact.
     */
    emailHash: text(),
    siteId: uuid().references(() => sites.id),
    language: text().$type<RegistrantLanguage>().notNull(),
    state: text().$type<FootageState>().notNull(),
    createdAt: moment().notNull(),
    deadline: moment().notNull(),
    /** When its mail went out. */
    mailedAt: moment(),
    /** Not before then it is mailed again: somebody is mailing it, or could not. */
    nextMailAt: moment(),
    /** When it is reminded, once; null when there is nothing to remind of. Moved on when that is tried. */
    remindAt: moment(),
    remindedAt: moment(),
    overwrittenAt: moment(),
    answeredAt: moment(),
  },
  (table) => [
    index().on(table.requestId),
    index().on(table.agencyId, table.emailHash, table.createdAt),
    index().on(table.siteId, table.createdAt),
    index().on(table.state, table.deadline),
  ],
);

/** The cameras that a contact is asked about. */
export const footageSources = pgTable(
  'footage_sources',
  {
    id: primaryId(),
    recipientId: uuid()
      .notNull()
      .references(() => footageRecipients.id),
    registrationId: uuid().references(() => registrations.id),
    cameraId: uuid().references(() => cameras.id),
  },
  (table) => [
    index().on(table.recipientId),
    check('footage_sources_is_one_camera', sql`num_nonnulls(${table.registrationId}, ${table.cameraId}) = 1`),
  ],
);

/** Links that were mailed, and what opened ones have opened; secrets are kept as their SHA-256. */
export const footageLinks = pgTable(
  'footage_links',
  {
    id: primaryId(),
    recipientId: uuid()
      .notNull()
      .references(() => footageRecipients.id),
    /** Whether it is what an opened link has opened. */
    isSession: boolean().notNull(),
    /** Of what was opened from an own page: the registrant's session or the owner's link, which ends it. */
    openedBy: uuid(),
    secretHash: text().notNull().unique(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    /** Of a link: when it was opened. */
    usedAt: moment(),
  },
  (table) => [index().on(table.recipientId, table.createdAt), index().on(table.expiresAt), index().on(table.openedBy)],
);

/** Files that were uploaded or are on their way. Their bytes stand sealed in the data folder. */
export const footageFiles = pgTable(
  'footage_files',
  {
    id: primaryId(),
    agencyId: agencyId(),
    recipientId: uuid()
      .notNull()
      .references(() => footageRecipients.id),
    caseId: uuid()
      .notNull()
      .references(() => footageCases.id),
    /** Sealed with the case's key. */
    name: text().notNull(),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    /** As the browser declared it; of a received file also what arrived. */
    sha256: text().notNull(),
    /** How much has arrived, and how long the sealed file and how many its segments are by then. */
    offsetBytes: bigint({ mode: 'number' }).notNull(),
    storedBytes: bigint({ mode: 'number' }).notNull(),
    segments: integer().notNull(),
    createdAt: moment().notNull(),
    changedAt: moment().notNull(),
    receivedAt: moment(),
  },
  (table) => [index().on(table.recipientId), index().on(table.receivedAt, table.changedAt)],
);
