import type { Grant } from '@commonsight/types/grant';
import { mayBeSeenIn } from '@commonsight/types/relay/judgeSharing';
import type { Purpose } from '@commonsight/types/purpose';
import { sitesOnAlert } from '../alerts/alertRepository.ts';
import { findCameras } from '../cameras/cameraRepository.ts';
import type { Db } from '../db/Database.ts';
import { CodedError } from '../errors.ts';
import { type IncidentRow, lockIncident } from '../incidents/incidentRepository.ts';
import { lockActiveHash } from '../policy/policyRepository.ts';
import type { PolicyFile } from '../policy/readPolicy.ts';
import { hasHomes } from '../sites/siteRepository.ts';
import { lockActiveUser } from '../users/userRepository.ts';
import {
  type GrantRow,
  addGrantCameras,
  findGrant,
  findUnendedGrant,
  insertGrant,
  toWireGrant,
} from './grantRepository.ts';
import { type GrantTerms, grantTimes } from './grantTerms.ts';

/** A grant that the gate has let through. */
export interface AdmittedGrant {
  agencyId: string;
  userId: string;
  incidentId: string;
  purpose: Purpose;
  cameraIds: readonly string[];
  /** The id that it gets unless a running grant is widened. */
  grantId: string;
  terms: Pick<GrantTerms, 'policyHash' | 'defaultMs' | 'maximumMs'>;
  policy: Pick<PolicyFile, 'pack'>;
  /** Makes or widens the one by break-glass, which stands beside the other. */
  isBreakGlass?: boolean;
}

/**
 * Makes or widens the grant while the user, the incident, the policy and the sites are locked: disabling the user, closing
 * the incident, changing the policy or marking a site as a home waits and finds this grant, or has already refused it.
 */
export async function grantWithin(tx: Db, wish: AdmittedGrant): Promise<Grant> {
  const { agencyId, userId, cameraIds, terms, isBreakGlass = false } = wish;
  if (!(await lockActiveUser(tx, agencyId, userId))) throw new CodedError('notSignedIn');
  const incident = await lockIncident(tx, agencyId, wish.incidentId);
  if (incident === null) throw new CodedError('notFound');
  assertOpen(incident);
  if ((await lockActiveHash(tx, agencyId)) !== terms.policyHash) {
    throw new CodedError('conflict', 'The policy has just been changed. Try again.');
  }
  if (!wish.policy.pack.residential.allowsLiveView && (await hasHomes(tx, agencyId, cameraIds))) throw notAtHome();

  const now = new Date();
  const unended = await findUnendedGrant(tx, { agencyId, userId, incidentId: incident.id }, { isBreakGlass });
  const running = isRunning(unended, now) ? unended : null;
  choosePurpose(wish.purpose, running);
  // It came to its end since the check; only one may be unended, and its own end has its own line.
  if (unended !== null && running === null) throw new CodedError('conflict', 'This has just changed. Try again.');

  const id = running?.id ?? wish.grantId;
  if (running === null) {
    await insertGrant(tx, {
      id,
      agencyId,
      userId,
      incidentId: incident.id,
      purpose: wish.purpose,
      policyHash: terms.policyHash,
      isBreakGlass,
      ...grantTimes(terms, now),
    });
  }
  await addGrantCameras(tx, { agencyId, id }, cameraIds, now);
  const grant = await findGrant(tx, agencyId, id);
  if (grant === null) throw new Error('The grant is gone within its own transaction.');
  return toWireGrant(grant);
}

/** Throws unless every camera is the agency's, shared, and not at a home that may not be watched. */
export async function assertWatchable(
  db: Db,
  agencyId: string,
  cameraIds: readonly string[],
  policy: Pick<PolicyFile, 'pack'>,
): Promise<void> {
  const rows = await findCameras(db, agencyId, cameraIds);
  if (rows.length !== cameraIds.length) throw new CodedError('notFound');
  const onAlert = rows.filter((row) => row.sharingMode === 'onAlert').map((row) => row.siteId);
  const alerted = await sitesOnAlert(db, agencyId, onAlert, new Date());
  if (rows.some((row) => !mayBeSeenIn(row.sharingMode, alerted.has(row.siteId)))) throw new CodedError('notShared');
  if (!policy.pack.residential.allowsLiveView && (await hasHomes(db, agencyId, cameraIds))) throw notAtHome();
}

/** The running grant's purpose, which no wish can change; without one, what is wished. */
export function choosePurpose(wished: Purpose | null, running: GrantRow | null): Purpose | null {
  if (running === null) return wished;
  if (wished !== null && wished !== running.purpose) {
    throw new CodedError('conflict', 'You have a grant for this incident with another purpose. End it first.');
  }
  return running.purpose;
}

export function isRunning(grant: GrantRow | null, now: Date): grant is GrantRow {
  return grant !== null && grant.endedAt === null && grant.startsAt <= now && grant.endsAt > now;
}

export function assertOpen(incident: IncidentRow): void {
  if (incident.closedAt !== null) throw new CodedError('incidentClosed');
}

function notAtHome(): CodedError {
  return new CodedError('notShared', 'The policy of your agency allows no live video of homes.');
}
