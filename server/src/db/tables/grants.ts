import type { Purpose } from '@commonsight/types/purpose';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { ViewingEndReason } from '@commonsight/types/viewing';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { incidents } from './incidents.ts';
import { cameras, streams } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

/** Why a grant is over. */
export type GrantEndReason =
  | 'expired'
  | 'endedByUser'
  | 'incidentClosed'
  | 'userDisabled'
  | 'revoked'
  | 'policyChanged';

export const grants = pgTable(
  'grants',
  {
    id: primaryId(),
    agencyId: agencyId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    purpose: text().$type<Purpose>().notNull(),
    startsAt: moment().notNull(),
    endsAt: moment().notNull(),
    /** Where renewals stop. */
    latestEndsAt: moment().notNull(),
    /** The policy pack that it holds under. */
    policyHash: text().notNull(),
    isBreakGlass: boolean().notNull().default(false),
    endedAt: moment(),
    endReason: text().$type<GrantEndReason>(),
  },
  (table) => [
    // One running grant for a user and an incident, to which asking again adds cameras; one by break-glass beside it.
    uniqueIndex('grants_running')
      .on(table.userId, table.incidentId, table.isBreakGlass)
      .where(sql`ended_at is null`),
    index()
      .on(table.endsAt)
      .where(sql`ended_at is null`),
  ],
);

export const grantCameras = pgTable(
  'grant_cameras',
  {
    grantId: uuid()
      .notNull()
      .references(() => grants.id),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    agencyId: agencyId(),
    addedAt: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.grantId, table.cameraId] })],
);

/** One user looking at one stream, from first to last packet. */
export const viewings = pgTable(
  'viewings',
  {
    id: primaryId(),
    agencyId: agencyId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** The session may be gone while the viewing's record stays. */
    sessionId: uuid().notNull(),
    peerId: uuid(),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id),
    streamId: uuid()
      .notNull()
      .references(() => streams.id),
    stream: text().$type<StreamKind>().notNull(),
    incidentId: uuid()
      .notNull()
      .references(() => incidents.id),
    grantId: uuid()
      .notNull()
      .references(() => grants.id),
    purpose: text().$type<Purpose>().notNull(),
    startedAt: moment().notNull(),
    endedAt: moment(),
    endReason: text().$type<ViewingEndReason>(),
    endedBy: uuid().references(() => users.id),
    endNote: text(),
    packets: bigint({ mode: 'number' }),
    bytes: bigint({ mode: 'number' }),
  },
  (table) => [
    index()
      .on(table.agencyId)
      .where(sql`ended_at is null`),
    index().on(table.cameraId, table.startedAt),
    index().on(table.userId, table.startedAt),
    index().on(table.endedAt),
    index().on(table.grantId),
  ],
);
