import { describe, expect, it } from 'vitest';
import { aCamera } from '../testing/records.ts';
import {
  cameraHealth,
  camerasLoaded,
  changeCameras,
  createCamerasStore,
  healthChange,
  streamHealth,
  watchersChange,
} from './cameras.ts';

const since = '2026-01-05T10:00:00.000Z';

function setUp() {
  const store = createCamerasStore();
  camerasLoaded(store, [aCamera({ id: 'b', number: 2 }), aCamera({ id: 'a', number: 1 })]);
  return store;
}

describe('cameras', () => {
  it('are kept by number', () => {
    expect(setUp().getState().order).toEqual(['a', 'b']);
  });

  it('change together in one step, and what did not change stays the same object', () => {
    const store = setUp();
    const untouched = store.getState().byId.get('b');
    let steps = 0;
    store.subscribe(() => {
      steps += 1;
    });
    const health = { state: 'relayOffline', since } as const;
    changeCameras(store, [
      { cameraId: 'a', change: healthChange({ cameraId: 'a', stream: 'sub', streamId: 'stream-sub', health }) },
      { cameraId: 'a', change: watchersChange([{ userId: 'u', name: 'K. Lo' }]) },
      { cameraId: 'nowhere', change: watchersChange([]) },
    ]);
    expect(steps).toBe(1);
    expect(store.getState().byId.get('a')).toMatchObject({ watchers: [{ name: 'K. Lo' }] });
    expect(streamHealth(store.getState().byId.get('a'), 'sub')).toEqual(health);
    expect(streamHealth(store.getState().byId.get('a'), 'main')).toEqual({ state: 'idle' });
    expect(store.getState().byId.get('b')).toBe(untouched);
    changeCameras(store, [{ cameraId: 'nowhere', change: watchersChange([]) }]);
    expect(steps).toBe(1);
  });

  it('show the health that a person has to know first', () => {
    const live = { state: 'live', since, width: 1, height: 1, framesPerSecond: 30 } as const;
    const streams = (sub: Parameters<typeof cameraHealth>[0]['streams'][number]['health']) => [
      { id: 'm', kind: 'main' as const, health: { state: 'idle' as const } },
      { id: 's', kind: 'sub' as const, health: sub },
    ];
    expect(cameraHealth(aCamera({ streams: streams(live) })).state).toBe('live');
    expect(cameraHealth(aCamera({ streams: streams({ state: 'stale', since }) })).state).toBe('stale');
    expect(cameraHealth(aCamera({ streams: [] })).state).toBe('idle');
  });
});
