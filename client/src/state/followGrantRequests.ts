import type { Me } from '@commonsight/types/user';
import type { GrantFlow } from './GrantFlow.ts';
import type { GrantRequestsStore } from './grantRequests.ts';
import type { PolicyStore } from './policy.ts';

interface RequestsFollower {
  me: Me;
  grantRequests: GrantRequestsStore;
  policy: PolicyStore;
  grantFlow: GrantFlow;
}

/** Keeps the questions in step with what was asked for, in whichever window. Returns the function that stops it. */
export function followGrantRequests({ me, grantRequests, policy, grantFlow }: RequestsFollower): () => void {
  const stops = [
    grantRequests.subscribe(({ byId, isLoaded }, before) => {
      for (const request of byId.values()) {
        if (request.user.id !== me.user.id || request.state !== 'requested' || before.byId.has(request.id)) continue;
        grantFlow.handleAnswered(request.incidentId, request.cameraIds);
      }
      if (isLoaded && !before.isLoaded) grantFlow.handleSettled();
    }),
    policy.subscribe((_now, before) => {
      if (before.state === 'unread') grantFlow.handleSettled();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
