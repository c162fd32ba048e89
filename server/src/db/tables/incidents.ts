import type { Disposition, Priority, TimelineEntry } from '@commonsight/types/incident';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies, users } from './accounts.ts';
import { cameras } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const incidentId = () =>
  uuid()
    .notNull()
    .references(() => incidents.id);

export const incidents = pgTable(
  'incidents',
  {
    id: primaryId(),
    agencyId: agencyId(),
    number: integer().notNull(),
    title: text().notNull(),
    priority: smallint().$type<Priority>().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    isTraining: boolean().notNull().default(false),
    openedAt: moment().notNull(),
    closedAt: moment(),
    disposition: text().$type<Disposition>(),
    revision: integer().notNull().default(0),
  },
  (table) => [unique().on(table.agencyId, table.number)],
);

/** The incident's cameras; `place` keeps the order in which they were added. */
export const incidentCameras = pgTable(
  'incident_cameras',
  {
    incidentId: incidentId(),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    agencyId: agencyId(),
    place: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.cameraId] })],
);

/** Append-only by the same trigger as the audit events. */
export const timelineEntries = pgTable(
  'timeline_entries',
  {
    id: primaryId(),
    agencyId: agencyId(),
    incidentId: incidentId(),
    at: moment().notNull(),
    kind: text().$type<TimelineEntry['kind']>().notNull(),
    authorId: uuid().references(() => users.id),
    text: text().notNull(),
  },
  (table) => [index().on(table.incidentId, table.at)],
);
