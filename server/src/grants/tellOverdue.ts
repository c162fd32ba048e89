import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { listUntoldOverdue, markOverdue, nextDue } from './breakGlassRepository.ts';

export interface TellOverdueParts {
  db: Db;
  audit: Pick<Audit, 'recordAll'>;
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
    try {
      await audit.recordAll(
        [
          {
            type: 'breakGlass.overdue',
            outcome: 'done',
            actor: { kind: 'system', agencyId },
            target: { kind: 'grant', id: grantId },
            grantId,
            details: { incidentId, userId, expiresAt: dueAt },
          },
        ],
        {
          with: async (tx) => {
            if (!(await markOverdue(tx, use, now))) throw new CodedError('conflict');
          },
        },
      );
    } catch (error) {
      if (error instanceof CodedError && error.code === 'conflict') continue;
      throw error;
    }
    await changed(agencyId, grantId);
  }
  return nextDue(db);
}
