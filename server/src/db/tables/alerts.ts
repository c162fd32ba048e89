import type { AlertEnd, AlertStage, AlertTrigger } from '@commonsight/types/relay/alert';
import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { agencies } from './accounts.ts';
import { incidents } from './incidents.ts';
import { relays, sites } from './sites.ts';

/** Owners' alerts as their relays told them last; `id` is the relay's. Nothing is opened or kept open by a row of this. */
export const alerts = pgTable(
  'alerts',
  {
    id: uuid().primaryKey(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    siteId: uuid()
      .notNull()
      .references(() => sites.id),
    relayId: uuid()
      .notNull()
      .references(() => relays.id),
    isTest: boolean().notNull(),
    trigger: text().$type<AlertTrigger>().notNull(),
    stage: text().$type<AlertStage>().notNull(),
    begunAt: moment().notNull(),
    sharedAt: moment(),
    /** When arming is over, then when the alert ends by itself. */
    until: moment().notNull(),
    mayExtend: boolean().notNull(),
    endedAt: moment(),
    end: text().$type<AlertEnd>(),
    /** What the owner has written for responders, in the document that was in force. */
    note: text().notNull(),
    incidentId: uuid().references(() => incidents.id),
  },
  (table) => [index().on(table.agencyId, table.begunAt), index().on(table.relayId), index().on(table.incidentId)],
);
