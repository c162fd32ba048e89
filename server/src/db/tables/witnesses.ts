import type { WitnessAlarm } from '@commonsight/types/witness';
import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';
import { agencies } from './accounts.ts';
import { relays } from './sites.ts';

const relayId = () =>
  uuid()
    .notNull()
    .references(() => relays.id);

/** Relays as witnesses of their agency's log, as each has introduced itself. */
export const witnesses = pgTable(
  'witnesses',
  {
    relayId: relayId().primaryKey(),
    agencyId: uuid()
      .notNull()
      .references(() => agencies.id),
    /** C2SP verifier key. */
    verifierKey: text().notNull(),
    introducedAt: moment().notNull(),
    alarm: jsonb().$type<WitnessAlarm>(),
  },
  (table) => [index().on(table.agencyId)],
);

/**
 * Checkpoints that a relay has cosigned, as notes with its cosignature: the newest, and one of each hour before. They
 * prove themselves, so that nothing has to keep them from being changed.
 */
export const cosignatures = pgTable(
  'cosignatures',
  {
    relayId: relayId(),
    agencyId: uuid().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    cosignedAt: moment().notNull(),
    note: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.relayId, table.size] }), index().on(table.agencyId, table.size)],
);
