import { describe, expect, test } from 'vitest';
import type { ConnectionChange } from '../signaling/SignalingClient.ts';
import { FakeSignaling, settle } from '../testing/fakeSignaling.ts';
import { aTile, aWall } from '../testing/records.ts';
import type { WallChange } from './wall.ts';
import { WatchedWall } from './WatchedWall.ts';

const change = (revision: number): WallChange => ({
  wallId: 'wall-1',
  revision,
  screens: [{ number: 1, layout: '4', tiles: [aTile({ cameraId: `camera-${revision}` })] }],
  removedScreens: [],
  by: { id: 'user-1', name: 'Kim Lo', role: 'analyst' },
  act: 'tileAssigned',
});

function watch(revisions: number[], error?: 'notFound' | 'timedOut') {
  const listeners = new Set<(connection: ConnectionChange) => void>();
  const signaling = new FakeSignaling({
    'wall:join': () =>
      error === undefined
        ? { ok: true, value: { wall: aWall({ revision: revisions.shift() ?? 0 }) } }
        : { ok: false, error: { code: error, message: 'No' } },
  });
  const watched = new WatchedWall(
    Object.assign(signaling, {
      onConnectionChange: (listener: (connection: ConnectionChange) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    'wall-1',
  );
  watched.open();
  const reconnect = () => listeners.forEach((tell) => tell({ state: 'connected', isAgain: true }));
  return { signaling, watched, reconnect };
}

const revisionOf = ({ store }: WatchedWall) => {
  const state = store.getState();
  return state.state === 'shown' ? state.wall.revision : state.state;
};

describe('a watched wall', () => {
  test('WAL7 is read by joining it without a screen, and left when nobody looks any more', async () => {
    const { signaling, watched } = watch([7]);
    expect(revisionOf(watched)).toBe('reading');
    await settle();
    expect(revisionOf(watched)).toBe(7);
    expect(signaling.of('wall:join')).toEqual([{ wallId: 'wall-1', screen: null }]);
    watched.close();
    expect(signaling.of('wall:leave')).toEqual([{ wallId: 'wall-1' }]);
    signaling.tell('wall:changed', change(8));
    expect(revisionOf(watched)).toBe(7);
  });

  test('WAL2 follows its changes, also those that came while it was read, and reads again after a gap', async () => {
    const { signaling, watched } = watch([7, 11]);
    signaling.tell('wall:changed', change(8));
    await settle();
    expect(revisionOf(watched)).toBe(8);
    signaling.tell('wall:changed', { ...change(9), wallId: 'another' });
    expect(revisionOf(watched)).toBe(8);
    signaling.tell('wall:changed', change(11));
    await settle();
    expect(revisionOf(watched)).toBe(11);
    expect(signaling.of('wall:join')).toHaveLength(2);
  });

  test('is joined again when the connection is back', async () => {
    const { watched, reconnect } = watch([7, 9]);
    await settle();
    reconnect();
    await settle();
    expect(revisionOf(watched)).toBe(9);
  });

  test.each([
    ['notFound', 'failed'],
    ['timedOut', 'reading'],
  ] as const)('that is answered with %s is %s', async (code, state) => {
    const { watched } = watch([], code);
    await settle();
    expect(revisionOf(watched)).toBe(state);
  });
});
