import { describe, expect, it, vi } from 'vitest';
import { aGrantRequest, aMe } from '../testing/records.ts';
import { followGrantRequests } from './followGrantRequests.ts';
import { createGrantFlow } from './grantFlowOf.ts';
import { createGrantRequestsStore, grantRequestChanged } from './grantRequests.ts';
import { createGrantsStore } from './grants.ts';
import { createPolicyStore } from './policy.ts';

function setUp() {
  const parts = {
    me: aMe(),
    grants: createGrantsStore(),
    grantRequests: createGrantRequestsStore(),
    policy: createPolicyStore(),
    clock: { nowMs: () => Date.parse('2026-01-05T10:10:00.000Z') },
  };
  const grantFlow = createGrantFlow(parts);
  const stop = followGrantRequests({ ...parts, grantFlow });
  return { ...parts, grantFlow, stop, question: () => grantFlow.store.getState().question };
}

describe('followGrantRequests', () => {
  it('opens the question once requests and the policy are known, and not for a camera that waits', () => {
    const { grantFlow, grantRequests, policy, question } = setUp();
    grantFlow.invite(null);
    grantFlow.needed('incident-1', ['camera-1', 'camera-2']);
    grantRequests.setState({ isLoaded: true, byId: new Map([['request-1', aGrantRequest()]]) });
    expect(question()).toBeNull();
    policy.setState({ state: 'failed' }, true);
    expect(question()).toMatchObject({ incidentId: 'incident-1', cameraIds: ['camera-2'] });
  });

  it('takes the question away when the request is made in another window, and not when somebody else asks', () => {
    const { grantFlow, grantRequests, policy, question } = setUp();
    grantRequests.setState({ isLoaded: true });
    policy.setState({ state: 'failed' }, true);
    grantFlow.request('incident-1', ['camera-1']);
    grantRequestChanged(
      grantRequests,
      aGrantRequest({ id: 'a', user: { id: 'user-2', name: 'Kim', role: 'analyst' } }),
    );
    expect(question()).not.toBeNull();
    grantRequestChanged(grantRequests, aGrantRequest());
    expect(question()).toBeNull();
  });

  it('stops', () => {
    const { grantFlow, grantRequests, stop } = setUp();
    const settled = vi.spyOn(grantFlow, 'handleSettled');
    stop();
    grantRequests.setState({ isLoaded: true });
    expect(settled).not.toHaveBeenCalled();
  });
});
