import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Notices } from '../notices.ts';
import { expireGrant, listDueGrants } from './grantRepository.ts';

export interface EndDueParts {
  db: Db;
  audit: Pick<Audit, 'recordOnce'>;
  notices: Pick<Notices, 'tell'>;
}

/**
 * Marks every grant that is past its end at `now` as ended, each with its line in one commit, and tells it. Run by a
 * clock, and before a grant is given: a user has one unended grant for an incident.
 */
export async function endDueGrants({ db, audit, notices }: EndDueParts, now: Date): Promise<void> {
  for (const due of await listDueGrants(db, now)) {
    const { agencyId, id } = due;
    const grant = await audit.recordOnce(
      {
        type: 'grant.ended',
        outcome: 'done',
        actor: { kind: 'system', agencyId },
        target: { kind: 'grant', id },
        grantId: id,
        details: { reason: 'expired' },
      },
      (tx) => expireGrant(tx, due, now),
    );
    if (grant !== null) void notices.tell('grantEnded', { agencyId, grant, reason: 'expired' });
  }
}
