import type { AuditEvent, AuditType } from '@commonsight/types/audit-event';
import { sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Actor } from '../access/Actor.ts';
import { moment } from '../db/columns.ts';
import type { Db } from '../db/Database.ts';
import type { TargetKind } from './Act.ts';
import type { AuditWriter } from './AuditWriter.ts';
import { sealLine } from './sealLine.ts';

/** The lines of a server from before there was a tree, under the name that the migration gave their table. */
const earlierLines = pgTable('audit_events_before', {
  sequence: bigint({ mode: 'number' }).primaryKey(),
  id: uuid().notNull(),
  at: moment().notNull(),
  type: text().$type<AuditType>().notNull(),
  outcome: text().$type<AuditEvent['outcome']>().notNull(),
  agencyId: uuid('agency_id'),
  actorId: text('actor_id'),
  actorKind: text('actor_kind').$type<Actor['kind']>().notNull(),
  sourceAddress: text('source_address'),
  targetKind: text('target_kind').$type<TargetKind>(),
  targetId: text('target_id'),
  grantId: uuid('grant_id'),
  details: jsonb().$type<Record<string, unknown>>().notNull(),
});

/**
 * Takes those lines into the logs, with their ids and times, and drops their table in the same commit. What happened to
 * them before is not vouched for.
 */
export async function takeEarlierLines(db: Db, writer: AuditWriter): Promise<void> {
  const [table] = await db
    .select({ name: sql<string | null>`to_regclass('audit_events_before')::text` })
    .from(sql`(values (1)) as one`);
  if (table?.name === null || table === undefined) return;
  const rows = await db.select().from(earlierLines).orderBy(earlierLines.sequence);
  const drop = async (tx: Db) => void (await tx.execute(sql`drop table ${earlierLines}`));
  if (rows.length === 0) return db.transaction(drop);
  const lines = rows.map((row) => {
    const { type, outcome, agencyId, grantId, details } = row;
    const target = row.targetKind === null || row.targetId === null ? null : { kind: row.targetKind, id: row.targetId };
    return sealLine({ type, outcome, actor: toActor(row), agencyId, target, grantId, details }, row);
  });
  await writer.write(lines, drop);
}

/** Its kind and agency alone count: names and roles were not written down then, and the id stands beside. */
function toActor({ actorKind, agencyId, sourceAddress }: typeof earlierLines.$inferSelect): Actor {
  const owner = agencyId ?? '';
  switch (actorKind) {
    case 'anonymous':
      return { kind: actorKind, sourceAddress };
    case 'system':
      return { kind: actorKind, agencyId };
    case 'relay':
      return { kind: actorKind, relayId: '', agencyId: owner, sourceAddress };
    case 'user':
      return { kind: actorKind, userId: '', name: '', role: 'analyst', agencyId: owner, sessionId: '', sourceAddress };
    default:
      return actorKind satisfies never;
  }
}
