import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { listUntoldOverdue, markOverdue, nextDue } from './breakGlassRepository.ts';

export interface TellOverdueParts {
  db: Db;
  audit: Pick<Audit, 'recordOnce'>;
  /** Hears of each that has become overdue, once. */
  changed: (agencyId: string, grantId: string) => Promise<unknown>;
}

/**
 * Writes down each use of break-glass whose justification has become late: one line, committed with its mark. Whoever
 * reads a use before that sees it as overdue by the clock. Answers when the next one will be.
 */
export async function tellOverdue({ db, audit, changed }: TellOverdueParts, now: Date): Promise<Date | null> {
  for (const use of await listUntoldOverdue(db, now)) {
    const { agencyId, grantId, incidentId, userId, dueAt } = use;
    const marked = await audit.recordOnce(
      {
        type: 'breakGlass.overdue',
        outcome: 'done',
        actor: { kind: 'system', agencyId },
        target: { kind: 'grant', id: grantId },
        grantId,
        details: { incidentId, userId, expiresAt: dueAt },
      },
      async (tx) => ((await markOverdue(tx, use, now)) ? use : null),
    );
    if (marked !== null) await changed(agencyId, grantId);
  }
  return nextDue(db);
}
