import type { AuditType } from '@commonsight/types/audit-event';
import type { UserActor } from '../access/Actor.ts';
import type { Audit, TargetKind } from '../audit/Audit.ts';
import { searchLines } from '../audit/searchLines.ts';
import type { Db } from '../db/Database.ts';
import { insertFinding } from '../findings/findingRepository.ts';
import { newId } from '../ids.ts';

/**
 * Opens a finding of the system about a user's act on a canary, whose line is committed. Await it before the answer, so that
 * nobody has what was asked for without a finding.
 */
export async function raiseCanaryFinding(
  { db, audit }: { db: Db; audit: Audit },
  of: {
    user: Pick<UserActor, 'agencyId' | 'userId'>;
    /** Of the act. */
    type: AuditType;
    target: { kind: TargetKind; id: string };
    note: string;
  },
): Promise<void> {
  const { type, target, note } = of;
  const { agencyId, userId } = of.user;
  const [line] = await searchLines(db, agencyId, {
    type,
    targetId: target.id,
    outcome: 'done',
    actorId: userId,
    limit: 1,
  });
  if (line === undefined) throw new Error('An act on a canary has no line.');
  const id = newId();
  const sequences = [line.sequence];
  const open = { state: 'open' as const, createdBy: null, closedBy: null, closedAt: null, outcome: null };
  const act = {
    type: 'finding.opened',
    outcome: 'done',
    actor: { kind: 'system', agencyId },
    target,
    details: { findingId: id, sequences, note },
  } as const;
  await audit.recordAll([act], {
    with: (tx) => insertFinding(tx, { id, agencyId, sequences, note, createdAt: new Date(), ...open }),
  });
}
