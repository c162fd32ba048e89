import type { GrantRequest } from '@commonsight/types/grant-request';
import { describe, expect, it } from 'vitest';
import { aGrant, aGrantRequest, aMe, aPolicyPack } from '../testing/records.ts';
import { tileApproval } from './grantFlowOf.ts';
import {
  createGrantRequestsStore,
  grantRequestChanged,
  ownWaitingRequest,
  standingRequest,
  waitingRequests,
} from './grantRequests.ts';
import { createGrantsStore, grantChanged } from './grants.ts';
import { createPolicyStore } from './policy.ts';
import { othersWaiting } from './supervisorInbox.ts';

const supervisor = { id: 'user-2', name: 'Sam Okafor', role: 'supervisor' } as const;

function storeOf(...requests: GrantRequest[]) {
  const store = createGrantRequestsStore();
  for (const request of requests) grantRequestChanged(store, request);
  return store;
}

describe('requests for approval', () => {
  it('are listed while they wait, who has waited longest first, the own ones for somebody else', () => {
    const late = aGrantRequest({ id: 'b', requestedAt: '2026-01-05T10:05:00.000Z', user: supervisor });
    const state = storeOf(late, aGrantRequest({ id: 'a' }), aGrantRequest({ id: 'c', state: 'denied' })).getState();
    expect(waitingRequests(state).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(othersWaiting(state, supervisor.id).map(({ id }) => id)).toEqual(['a']);
    expect(ownWaitingRequest(state, supervisor.id, 'incident-1')?.id).toBe('b');
    expect(ownWaitingRequest(state, supervisor.id, 'incident-2')).toBeNull();
  });

  it('stand for their cameras, the newest one only, until they are approved or withdrawn', () => {
    const denied = aGrantRequest({ id: 'a', state: 'denied' });
    const again = aGrantRequest({ id: 'b', requestedAt: '2026-01-05T11:00:00.000Z' });
    const wish = { userId: 'user-1', cameraId: 'camera-1', incidentId: 'incident-1' };
    expect(standingRequest(storeOf(denied).getState(), wish)?.id).toBe('a');
    expect(standingRequest(storeOf(denied, again).getState(), wish)?.id).toBe('b');
    expect(standingRequest(storeOf(denied, { ...again, state: 'approved' }).getState(), wish)).toBeNull();
    expect(standingRequest(storeOf(denied, { ...again, state: 'withdrawn' }).getState(), wish)).toBeNull();
    expect(standingRequest(storeOf(denied).getState(), { ...wish, cameraId: 'camera-2' })).toBeNull();
    expect(standingRequest(storeOf(denied).getState(), { ...wish, incidentId: 'incident-2' })).toBeNull();
    expect(standingRequest(storeOf(denied).getState(), { ...wish, incidentId: null })?.id).toBe('a');
    expect(standingRequest(storeOf(denied).getState(), { ...wish, userId: 'user-2' })).toBeNull();
  });
});

describe('tileApproval', () => {
  function around(...requests: GrantRequest[]) {
    const policy = createPolicyStore();
    const pack = aPolicyPack();
    const change = { text: '', activeSince: '2026-01-01T00:00:00.000Z', proposedBy: null, approvedBy: null };
    policy.setState({ state: 'read', policy: { hash: '0'.repeat(64), pack, ...change } });
    return {
      me: aMe(),
      grants: createGrantsStore(),
      grantRequests: storeOf(...requests),
      policy,
      clock: { nowMs: () => 0 },
    };
  }
  const read = (parts: ReturnType<typeof around>) => tileApproval(parts, 'camera-1', 'incident-1');
  const decided = { decidedBy: supervisor, decidedAt: '2026-01-05T10:10:00.000Z' };

  it('says who may approve a request that waits, who denied it, and that nobody answered', () => {
    expect(read(around(aGrantRequest()))).toEqual({
      state: 'waitingForApproval',
      approvedBy: ['supervisor'],
      expiresAt: '2026-01-05T10:30:00.000Z',
    });
    expect(read(around(aGrantRequest({ state: 'denied', ...decided, decisionNote: 'No.' })))).toEqual({
      state: 'approvalDenied',
      by: 'Sam Okafor',
      note: 'No.',
    });
    expect(read(around(aGrantRequest({ state: 'timedOut' })))).toMatchObject({ state: 'approvalTimedOut' });
    expect(read(around())).toBeNull();
  });

  it('forgets a refusal once there was access after it', () => {
    const parts = around(aGrantRequest({ state: 'denied', ...decided }));
    grantChanged(parts.grants, aGrant({ id: 'before', startsAt: '2026-01-05T09:00:00.000Z' }));
    expect(read(parts)).not.toBeNull();
    grantChanged(parts.grants, aGrant({ startsAt: '2026-01-05T10:20:00.000Z', isBreakGlass: true }));
    expect(read(parts)).toBeNull();
  });
});
