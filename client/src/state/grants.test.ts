import type { Grant } from '@commonsight/types/grant';
import { describe, expect, it } from 'vitest';
import { aGrant } from '../testing/records.ts';
import {
  createGrantsStore,
  endOfAccess,
  grantForIncident,
  grantsLoaded,
  isUnderBreakGlass,
  lastGrant,
  runningGrants,
} from './grants.ts';

const nowMs = Date.parse('2026-01-05T10:30:00.000Z');
const ordinary = aGrant({ id: 'ordinary' });
const broken = aGrant({ id: 'broken', isBreakGlass: true, cameraIds: ['camera-1', 'camera-2'] });
const over = aGrant({ id: 'over', startsAt: '2026-01-05T08:00:00.000Z', endsAt: '2026-01-05T09:00:00.000Z' });

function stateOf(...grants: Grant[]) {
  const store = createGrantsStore();
  grantsLoaded(store, grants);
  return store.getState();
}

describe('grants', () => {
  it('run beside each other for an incident, the ordinary one first, and cameras join the ordinary one alone', () => {
    const state = stateOf(broken, over, ordinary);
    expect(runningGrants(state, 'incident-1', nowMs).map(({ id }) => id)).toEqual(['ordinary', 'broken']);
    expect(grantForIncident(state, 'incident-1', nowMs)?.id).toBe('ordinary');
    expect(grantForIncident(stateOf(broken), 'incident-1', nowMs)).toBeNull();
    expect(runningGrants(state, 'incident-2', nowMs)).toEqual([]);
  });

  it('run from when they are told, also where this window’s clock is behind', () => {
    const isRunningAt = (atMs: number) => grantForIncident(stateOf(ordinary), 'incident-1', atMs) !== null;
    expect(isRunningAt(Date.parse(ordinary.startsAt) - 50)).toBe(true);
    expect(isRunningAt(Date.parse(ordinary.endsAt))).toBe(false);
  });

  it('mark a camera that is looked at under break-glass alone', () => {
    const isMarked = (cameraId: string, incidentId: string, ...grants: Grant[]) =>
      isUnderBreakGlass(stateOf(...grants), { cameraId, incidentId }, nowMs);
    expect(isMarked('camera-1', 'incident-1', broken)).toBe(true);
    expect(isMarked('camera-1', 'incident-1', broken, ordinary)).toBe(false);
    expect(isMarked('camera-2', 'incident-1', broken, ordinary)).toBe(true);
    // Access for another incident says nothing about this one.
    expect(isMarked('camera-1', 'incident-1', broken, { ...ordinary, incidentId: 'incident-2' })).toBe(true);
    expect(isMarked('camera-3', 'incident-1', broken)).toBe(false);
    expect(isMarked('camera-1', 'incident-1')).toBe(false);
    expect(isMarked('camera-1', 'incident-1', { ...broken, endedAt: broken.startsAt })).toBe(false);
  });

  it('say how access to a camera has ended, once none of them runs', () => {
    const endOf = (cameraId: string, ...grants: Grant[]) =>
      endOfAccess(stateOf(...grants), { cameraId, incidentId: 'incident-1' }, nowMs)?.reason ?? null;
    expect(endOf('camera-1', over)).toBe('grantExpired');
    expect(endOf('camera-1', { ...over, endedAt: over.endsAt })).toBe('grantExpired');
    expect(endOf('camera-1', { ...over, endedAt: '2026-01-05T08:30:00.000Z' })).toBe('grantEnded');
    expect(endOf('camera-1', over, ordinary)).toBeNull();
    // The grant that runs covers another camera: this one's was the one before.
    expect(endOf('camera-1', over, { ...ordinary, cameraIds: ['camera-2'] })).toBe('grantExpired');
    expect(endOf('camera-2', over)).toBeNull();
    expect(endOf('camera-1', { ...over, incidentId: 'incident-2' })).toBeNull();
  });

  it('are remembered after their end, the newest first', () => {
    expect(lastGrant(stateOf(over), () => true)?.id).toBe('over');
    expect(lastGrant(stateOf(over, ordinary), () => true)?.id).toBe('ordinary');
    expect(lastGrant(stateOf(over), ({ incidentId }) => incidentId === 'incident-2')).toBeNull();
  });
});
