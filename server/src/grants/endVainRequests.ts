import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import type { Policies } from '../policy/Policies.ts';
import { type UndecidedRequest, decideGrantRequest, listUndecidedRequests } from './grantRequestRepository.ts';

/** Why nobody can approve a request any more, as its line says it, and the sentence for who asked. */
const reasons = {
  timedOut: null,
  incidentClosed: 'The incident was closed.',
  userDisabled: 'The account was disabled.',
  purposeRemoved: 'The policy does not allow this purpose any more.',
  approvalUnneeded: 'The policy asks for no approval of this purpose any more. Ask for the access itself.',
} as const;

type Reason = keyof typeof reasons;

export interface EndVainParts {
  db: Db;
  audit: Pick<Audit, 'recordOnce'>;
  policies: Pick<Policies, 'current'>;
  /** Hears of each that has ended. */
  changed: (agencyId: string, id: string) => Promise<unknown>;
}

/**
 * Ends the requests that nobody can approve any more: late ones as timed out, the others as denied by nobody. Each line
 * is committed with its mark, so that a request ends once, also where somebody decides at the same moment. Answers when
 * the next one will be late.
 */
export async function endVainRequests(parts: EndVainParts, now: Date): Promise<Date | null> {
  let next: Date | null = null;
  for (const undecided of await listUndecidedRequests(parts.db)) {
    const reason = await reasonOf(parts, undecided, now);
    if (reason === null) next ??= undecided.request.expiresAt;
    else if ((await end(parts, undecided, reason, now)) !== null) {
      await parts.changed(undecided.request.agencyId, undecided.request.id);
    }
  }
  return next;
}

async function reasonOf({ policies }: EndVainParts, undecided: UndecidedRequest, now: Date): Promise<Reason | null> {
  const { request, incidentClosedAt, userDisabledAt } = undecided;
  if (request.expiresAt <= now) return 'timedOut';
  if (incidentClosedAt !== null) return 'incidentClosed';
  if (userDisabledAt !== null) return 'userDisabled';
  const rule = (await policies.current(request.agencyId)).pack.purposes[request.purpose];
  if (rule === undefined) return 'purposeRemoved';
  return rule.approvedBy.length === 0 ? 'approvalUnneeded' : null;
}

/** Null when somebody was quicker. */
function end({ audit }: Pick<EndVainParts, 'audit'>, { request }: UndecidedRequest, reason: Reason, now: Date) {
  const { agencyId, id, incidentId, purpose, cameraIds, userId, expiresAt } = request;
  const decision =
    reason === 'timedOut'
      ? { state: 'timedOut' as const, by: null, at: expiresAt, note: null }
      : { state: 'denied' as const, by: null, at: now, note: reasons[reason] };
  return audit.recordOnce(
    {
      type: 'grantRequest.denied',
      outcome: 'done',
      actor: { kind: 'system', agencyId },
      target: { kind: 'grantRequest', id },
      details: { reason, incidentId, purpose, cameraIds, userId },
    },
    async (tx) => ((await decideGrantRequest(tx, request, decision)) ? decision : null),
  );
}
