import type { AuditEvent, AuditType } from '@commonsight/types/audit-event';
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Actor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { auditEvents } from '../db/schema.ts';
import { newId } from '../ids.ts';

/** The kinds of things that an audit event can be about. */
export type TargetKind =
  | 'agency'
  | 'camera'
  | 'connection'
  | 'grant'
  | 'incident'
  | 'relay'
  | 'session'
  | 'site'
  | 'user'
  | 'viewing'
  | 'wall';

/** An act to be written down. */
export interface Act {
  type: AuditType;
  outcome: AuditEvent['outcome'];
  actor: Actor;
  /** Whose record it is, when the actor belongs to no agency. */
  agencyId?: string | null;
  target?: { kind: TargetKind; id: string } | null;
  grantId?: string | null;
  /** Small and free of secrets; what a reader needs to understand the line. */
  details?: Record<string, unknown>;
}

/**
 * The append-only record of acts. `record` resolves when the line is committed; the act comes after it, and when
 * `record` rejects there is no act. Never call it inside a transaction: the line must outlive the act's failure.
 */
export class Audit {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async record(act: Act): Promise<void> {
    await this.#db.insert(auditEvents).values(toRow(act));
  }

  /**
   * Writes several lines in one commit: all of them or none. Without acts it does nothing.
   *
   * `with` writes records in the same commit. It is only for records that do nothing by themselves: of an act that begins
   * after this has resolved, or of one that is done already and cannot be undone, such as a viewing's begin and end. It
   * uses the handle that it is given, and when it throws there is neither line nor record.
   */
  async recordAll(acts: readonly Act[], options: { with?: (tx: Db) => Promise<void> } = {}): Promise<void> {
    if (acts.length === 0) return;
    await this.#db.transaction(async (tx) => {
      await tx.insert(auditEvents).values(acts.map(toRow));
      await options.with?.(tx);
    });
  }

  /** An agency's events, newest first, from below the sequence `before`. */
  async list(agencyId: string, page: { before?: number | undefined; limit: number }): Promise<AuditEvent[]> {
    const rows = await this.#db
      .select()
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.agencyId, agencyId),
          page.before === undefined ? undefined : lt(auditEvents.sequence, page.before),
        ),
      )
      .orderBy(desc(auditEvents.sequence))
      .limit(page.limit);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function toRow(act: Act): typeof auditEvents.$inferInsert {
  const { actor } = act;
  return {
    id: newId(),
    at: new Date(),
    type: act.type,
    outcome: act.outcome,
    agencyId: (actor.kind === 'anonymous' ? null : actor.agencyId) ?? act.agencyId ?? null,
    actorId: actorId(actor),
    actorKind: actor.kind,
    sourceAddress: actor.kind === 'system' ? null : actor.sourceAddress,
    targetKind: act.target?.kind ?? null,
    targetId: act.target?.id ?? null,
    grantId: act.grantId ?? null,
    details: act.details ?? {},
  };
}

function actorId(actor: Actor): string | null {
  if (actor.kind === 'user') return actor.userId;
  return actor.kind === 'relay' ? actor.relayId : null;
}
