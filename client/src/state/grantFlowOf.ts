import type { Id } from '@commonsight/types/ids';
import type { Role } from '@commonsight/types/permission';
import type { Me } from '@commonsight/types/user';
import type { TileApproval } from '../media/TileState.ts';
import { GrantFlow } from './GrantFlow.ts';
import { type GrantRequestsStore, standingRequest } from './grantRequests.ts';
import type { GrantsStore } from './grants.ts';
import { packOf, type PolicyStore } from './policy.ts';

/** One list, so that a tile's state does not look new each time. */
const unknownRoles: readonly Role[] = [];

interface AroundGrants {
  me: Me;
  grants: GrantsStore;
  grantRequests: GrantRequestsStore;
  policy: PolicyStore;
  clock: { nowMs(): number };
}

/** The flow of a window, with what it has to know of requests and of the policy. */
export function createGrantFlow(around: AroundGrants): GrantFlow {
  const { me, grants, grantRequests, policy, clock } = around;
  return new GrantFlow({
    grants,
    requests: grantRequests,
    serverNowMs: () => clock.nowMs(),
    isSettled: () => grantRequests.getState().isLoaded && policy.getState().state !== 'unread',
    isAnswered: (cameraId, incidentId) => tileApproval(around, cameraId, incidentId) !== null,
    // Without a purpose for dispatch the server would refuse, and each refusal leaves a line in the log.
    hasOwnPurpose: () => me.user.role === 'dispatcher' && packOf(policy.getState())?.dispatch.purpose !== null,
  });
}

/** How the user's newest request about a camera stands, as its tile says it. */
export function tileApproval(
  { me, grants, grantRequests, policy }: AroundGrants,
  cameraId: Id,
  incidentId: Id | null,
): TileApproval | null {
  const request = standingRequest(grantRequests.getState(), { userId: me.user.id, cameraId, incidentId });
  if (request === null) return null;
  const approvedBy = packOf(policy.getState())?.purposes[request.purpose]?.approvedBy ?? unknownRoles;
  if (request.state === 'requested') {
    return { state: 'waitingForApproval', approvedBy, expiresAt: request.expiresAt };
  }
  // Access that came after the refusal, such as by break-glass, has made it a thing of the past.
  const refusedAt = request.decidedAt ?? request.expiresAt;
  for (const grant of grants.getState().byId.values()) {
    if (grant.incidentId === request.incidentId && grant.startsAt >= refusedAt) return null;
  }
  if (request.state === 'denied') {
    return { state: 'approvalDenied', by: request.decidedBy?.name ?? null, note: request.decisionNote };
  }
  return { state: 'approvalTimedOut', approvedBy };
}
