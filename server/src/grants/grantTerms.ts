import type { Role } from '@commonsight/types/permission';
import type { Purpose } from '@commonsight/types/purpose';
import { CodedError } from '../errors.ts';
import type { PolicyFile } from '../policy/readPolicy.ts';

const minuteMs = 60_000;

/** What a policy says about a grant that is asked for. */
export interface GrantTerms {
  policyHash: string;
  /** How long it runs when it is given, and how far each renewal moves its end from then. */
  defaultMs: number;
  /** How long it runs at most from its start. */
  maximumMs: number;
  /** Whether somebody has to approve it first. */
  needsApproval: boolean;
}

/** The terms of a purpose for an incident. Throws `purposeNotAllowed`. */
export function grantTerms(
  policy: Pick<PolicyFile, 'hash' | 'pack'>,
  purpose: Purpose,
  incident: { isTraining: boolean },
): GrantTerms {
  const rule = policy.pack.purposes[purpose];
  if (rule === undefined) throw new CodedError('purposeNotAllowed');
  // Trainings run for weeks, which real cameras never may.
  if (purpose === 'training' && !incident.isTraining) {
    throw new CodedError('purposeNotAllowed', 'The purpose of a training is for training incidents alone.');
  }
  return {
    policyHash: policy.hash,
    defaultMs: rule.defaultMinutes * minuteMs,
    maximumMs: rule.maximumMinutes * minuteMs,
    needsApproval: rule.approvedBy.length > 0,
  };
}

/** The roles that may approve the purpose; none when it needs no approval or is not allowed. */
export function approversOf(policy: Pick<PolicyFile, 'pack'>, purpose: Purpose): readonly Role[] {
  return policy.pack.purposes[purpose]?.approvedBy ?? [];
}

/** When a grant that starts now ends, and where its renewals stop. */
export function grantTimes(terms: Pick<GrantTerms, 'defaultMs' | 'maximumMs'>, now: Date) {
  return {
    startsAt: now,
    endsAt: new Date(now.getTime() + terms.defaultMs),
    latestEndsAt: new Date(now.getTime() + terms.maximumMs),
  };
}

/** The purpose under which a dispatcher's access to an incident is asked for unasked, or null. */
export function dispatchPurpose(policy: Pick<PolicyFile, 'pack'>, incident: { isTraining: boolean }): Purpose | null {
  const { dispatch, purposes } = policy.pack;
  return incident.isTraining && dispatch.purpose !== null && purposes.training !== undefined
    ? 'training'
    : dispatch.purpose;
}
