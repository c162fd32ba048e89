import type { Layout } from '@commonsight/types/layout';
import { index, integer, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import { moment, primaryId } from '../columns.ts';
import { agencies } from './accounts.ts';
import { incidents } from './incidents.ts';
import { cameras } from './sites.ts';

const agencyId = () =>
  uuid()
    .notNull()
    .references(() => agencies.id);

const wallId = () =>
  uuid()
    .notNull()
    .references(() => walls.id, { onDelete: 'cascade' });

export const walls = pgTable(
  'walls',
  {
    id: primaryId(),
    agencyId: agencyId(),
    name: text().notNull(),
    incidentId: uuid().references(() => incidents.id),
    revision: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    changedAt: moment().notNull().defaultNow(),
  },
  (table) => [index().on(table.agencyId)],
);

/** A wall's layouts: one row per screen. */
export const wallScreens = pgTable(
  'wall_screens',
  {
    wallId: wallId(),
    number: smallint().notNull(),
    agencyId: agencyId(),
    layout: text().$type<Layout>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.wallId, table.number] })],
);

/**
 * Tiles are rows and not a document, so that a camera that goes takes its tiles with it and no tile can name another
 * agency's camera by accident of a stale copy.
 */
export const wallTiles = pgTable(
  'wall_tiles',
  {
    id: primaryId(),
    wallId: wallId(),
    screenNumber: smallint().notNull(),
    slot: smallint().notNull(),
    agencyId: agencyId(),
    cameraId: uuid()
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    incidentId: uuid().references(() => incidents.id),
  },
  (table) => [unique().on(table.wallId, table.screenNumber, table.slot)],
);
