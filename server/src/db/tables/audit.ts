import type { AuditEvent, AuditType } from '@commonsight/types/audit-event';
import type { Opening } from 'commonsight-verify/entry';
import { type SQL, eq, sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  index,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from '../columns.ts';

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Uint8Array.from(value),
});

/** An agency's id, or `server` for what belongs to no agency. */
const logId = () => text().notNull();

const leafIndex = () => bigint({ mode: 'number' }).notNull();

/**
 * The audit logs: one Merkle tree (RFC 9162) for each agency and one for the server. A leaf is canonical JSON and what
 * stands beside it is taken from it by the database itself, so that a search cannot be told other than the tree. All
 * four tables refuse UPDATE, DELETE and TRUNCATE by triggers (`migrations/`) and reference nothing, so that no record's
 * end can touch them.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    logId: logId(),
    /** From 0, without a gap. */
    index: leafIndex(),
    leaf: text().notNull(),
    hash: bytes().notNull(),
    id: uuid()
      .notNull()
      .unique()
      .generatedAlwaysAs((): SQL => sql`((leaf::jsonb)->>'id')::uuid`),
    /** ISO 8601 in UTC with milliseconds, so that texts sort like times. */
    at: text()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`(leaf::jsonb)->>'at'`),
    type: text()
      .$type<AuditType>()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`(leaf::jsonb)->>'type'`),
    outcome: text()
      .$type<AuditEvent['outcome']>()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`(leaf::jsonb)->>'outcome'`),
    targetId: text().generatedAlwaysAs((): SQL => sql`(leaf::jsonb)->>'targetId'`),
  },
  (table) => [
    primaryKey({ columns: [table.logId, table.index] }),
    index().on(table.logId, table.at),
    index().on(table.logId, table.type, table.index),
    index().on(table.logId, table.targetId),
  ],
);

/**
 * The values of persons that leaves hold commitments to, with their salts. The only audit rows that are ever deleted,
 * by `erasePersonalValues` alone; then the tree still stands and says nothing about anybody.
 */
export const auditValues = pgTable(
  'audit_values',
  {
    logId: logId(),
    index: leafIndex(),
    openings: jsonb().$type<Record<string, Opening>>().notNull(),
    actorId: text().generatedAlwaysAs((): SQL => sql`openings #>> '{actor,value,id}'`),
    targetId: text().generatedAlwaysAs((): SQL => sql`openings #>> '{targetId,value}'`),
  },
  (table) => [
    primaryKey({ columns: [table.logId, table.index] }),
    index().on(table.logId, table.actorId),
    index().on(table.logId, table.targetId),
  ],
);

/** Roots of complete subtrees at every eighth level above the leaves: what tiles consist of. */
export const auditHashes = pgTable(
  'audit_hashes',
  { logId: logId(), level: smallint().notNull(), index: leafIndex(), hash: bytes().notNull() },
  (table) => [primaryKey({ columns: [table.logId, table.level, table.index] })],
);

/** Signed heads of the logs, as C2SP notes. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    logId: logId(),
    size: bigint({ mode: 'number' }).notNull(),
    signedAt: moment().notNull(),
    note: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.logId, table.size] })],
);

function leafText<T>(name: string) {
  return sql<T>`${auditEntries.leaf}::jsonb ->> ${sql.raw(`'${name}'`)}`;
}

/** What a line says, taken from the leaf and the values of persons that are still there. */
export const auditEventColumns = {
  logId: auditEntries.logId,
  sequence: sql<number>`${auditEntries.index} + 1`.mapWith(Number).as('sequence'),
  id: auditEntries.id,
  at: sql<string>`${auditEntries.at}`.as('at'),
  type: auditEntries.type,
  outcome: auditEntries.outcome,
  agencyId: leafText<string | null>('agencyId').as('agency_id'),
  actorKind: leafText<AuditEvent['actorKind']>('actorKind').as('actor_kind'),
  actorId: sql<string | null>`${auditValues.actorId}`.as('actor_id'),
  actorName: sql<string | null>`${auditValues.openings} #>> '{actor,value,name}'`.as('actor_name'),
  sourceAddress: sql<string | null>`${auditValues.openings} #>> '{sourceAddress,value}'`.as('source_address'),
  targetKind: leafText<string | null>('targetKind').as('target_kind'),
  targetId: sql<string | null>`coalesce(${auditEntries.targetId}, ${auditValues.targetId})`.as('target_id'),
  grantId: leafText<string | null>('grantId').as('grant_id'),
  details: sql<
    Record<string, unknown>
  >`(${auditEntries.leaf}::jsonb -> 'details') || coalesce(${auditValues.openings} #> '{details,value}', '{}'::jsonb)`.as(
    'details',
  ),
};

export const valuesOfEntry = sql`${eq(auditValues.logId, auditEntries.logId)} and ${eq(auditValues.index, auditEntries.index)}`;

/** Lines as people read them. */
export const auditEvents = pgView('audit_events').as((query) =>
  query.select(auditEventColumns).from(auditEntries).leftJoin(auditValues, valuesOfEntry),
);
