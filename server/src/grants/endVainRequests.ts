import type { Audit } from '../audit/Audit.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
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
  audit: Pick<Audit, 'recordAll'>;
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
    else if (await end(parts, undecided, reason, now)) {
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

/** False when somebody was quicker. */
async function end(
  { audit }: Pick<EndVainParts, 'audit'>,
  { request }: UndecidedRequest,
  reason: Reason,
  now: Date,
): Promise<boolean> {
  const { agencyId, id, incidentId, purpose, cameraIds, userId, expiresAt } = request;
  const decision =
    reason === 'timedOut'
      ? { state: 'timedOut' as const, by: null, at: expiresAt, note: null }
      : { state: 'denied' as const, by: null, at: now, note: reasons[reason] };
  try {
    await audit.recordAll(
      [
        {
          type: 'grantRequest.denied',
          outcome: 'done',
          actor: { kind: 'system', agencyId },
          target: { kind: 'grantRequest', id },
          details: { reason, incidentId, purpose, cameraIds, userId },
        },
      ],
      {
        with: async (tx) => {
          if (!(await decideGrantRequest(tx, request, decision))) throw new CodedError('conflict');
        },
      },
    );
    return true;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'conflict') return false;
    throw error;
  }
}
