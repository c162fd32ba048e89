import type { AuditEvent, AuditType } from '@commonsight/types/audit-event';
import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';

/**
 * Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE (`migrations/`). It references nothing, so that no record's
 * end can touch it.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    sequence: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    id: uuid().notNull().unique(),
    at: moment().notNull(),
    type: text().$type<AuditType>().notNull(),
    outcome: text().$type<AuditEvent['outcome']>().notNull(),
    agencyId: uuid(),
    actorId: text(),
    actorKind: text().$type<AuditEvent['actorKind']>().notNull(),
    sourceAddress: text(),
    targetKind: text(),
    targetId: text(),
    grantId: uuid(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (table) => [index().on(table.agencyId, table.sequence)],
);
