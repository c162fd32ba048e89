import type { Camera } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import { expect, test } from 'vitest';
import { cameraMark, worstMark } from './cameraMark.ts';
import { coneFeatures, ringFeatures, ringRadiiMetres } from './mapFeatures.ts';

const since = '2026-01-01T00:00:00.000Z';

function camera(id: string, health: StreamHealth): Camera {
  return {
    id,
    siteId: 'site',
    siteName: 'Market District',
    number: 1,
    name: id,
    position: { latitude: 43.04, longitude: -87.91 },
    viewCone: { bearingDegrees: 90, angleDegrees: 70, rangeMetres: 60 },
    sharingMode: 'always',
    streams: [{ id: `${id}-sub`, kind: 'sub', health }],
    watchers: [],
  };
}

test('cones say which is lit and which could show a picture', () => {
  const cones = coneFeatures(
    [camera('a', { state: 'idle' }), camera('b', { state: 'relayOffline', since })],
    new Set(['b']),
  );
  expect(cones.features.map(({ properties }) => properties)).toEqual([
    { id: 'a', isLit: false, isUsable: true },
    { id: 'b', isLit: true, isUsable: false },
  ]);
});

test('an incident has three rings with their words, no incident has none', () => {
  const centre = { latitude: 43.04, longitude: -87.91 };
  const rings = ringFeatures(centre).features;
  expect(rings).toHaveLength(ringRadiiMetres.length * 2);
  expect(rings.map(({ properties }) => properties?.['words'] as unknown).filter(Boolean)).toEqual([
    '100 m',
    '250 m',
    '500 m',
  ]);
  expect(ringFeatures(null).features).toEqual([]);
});

test('a camera that nobody watches is ready, not off', () => {
  expect(cameraMark({ state: 'idle' })).toBe('ready');
  expect(cameraMark({ state: 'relayOffline', since })).toBe('off');
});

test('a cluster shows what needs a look most', () => {
  expect(worstMark(['live', 'ready', 'stale'])).toBe('stale');
  expect(worstMark(['live', 'off', 'stale'])).toBe('off');
  expect(worstMark(['ready', 'live'])).toBe('live');
  expect(worstMark([])).toBe('ready');
});
