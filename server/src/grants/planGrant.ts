import type { Purpose } from '@commonsight/types/purpose';
import type { UserActor } from '../access/Actor.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import type { IncidentRow } from '../incidents/incidentRepository.ts';
import type { Policies } from '../policy/Policies.ts';
import type { PolicyFile } from '../policy/readPolicy.ts';
import { type GrantRow, findUnendedGrant } from './grantRepository.ts';
import { type GrantTerms, dispatchPurpose, grantTerms } from './grantTerms.ts';
import { assertOpen, assertWatchable, choosePurpose, isRunning } from './grantWithin.ts';

/** What a wish for a grant comes to. */
export interface GrantPlan {
  policy: PolicyFile;
  /** The grant that it would widen. */
  running: GrantRow | null;
  purpose: Purpose;
  terms: GrantTerms;
  /** Whether it would allow a camera that no grant allows so far. */
  isWider: boolean;
}

/**
 * Looks at a wish: the incident is open, the cameras may be watched, the purpose is the running grant's, the wished one,
 * or for a dispatcher the policy's own, and the policy allows it.
 */
export async function planGrant(
  { db, policies }: { db: Db; policies: Pick<Policies, 'current'> },
  { agencyId, userId, role }: UserActor,
  wish: { incident: IncidentRow; purpose: Purpose | null; cameraIds: readonly string[] },
): Promise<GrantPlan> {
  const { incident, cameraIds } = wish;
  assertOpen(incident);
  const policy = await policies.current(agencyId);
  await assertWatchable(db, agencyId, cameraIds, policy);
  const unended = await findUnendedGrant(db, { agencyId, userId, incidentId: incident.id });
  const running = isRunning(unended, new Date()) ? unended : null;
  const wished = wish.purpose ?? (role === 'dispatcher' ? dispatchPurpose(policy, incident) : null);
  const purpose = choosePurpose(wish.purpose, running) ?? wished;
  if (purpose === null) throw new CodedError('grantNeeded', 'Say for which purpose.');
  const terms = grantTerms(policy, purpose, incident);
  const isWider = running === null || cameraIds.some((id) => !running.cameraIds.includes(id));
  return { policy, running, purpose, terms, isWider };
}
