import type { Camera } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import { expect, test } from 'vitest';
import { cameraMark, markWordOf, worstMark } from './cameraMark.ts';
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
  expect(cameraMark(camera('a', { state: 'idle' }))).toBe('ready');
  expect(cameraMark(camera('a', { state: 'relayOffline', since }))).toBe('off');
});

test('one whose owner shares no live picture is neither ready nor live, and says what is shared', () => {
  const live = { state: 'live', since, width: 1_280, height: 720, framesPerSecond: 15 } as const;
  const of = (sharingMode: Camera['sharingMode'], health: StreamHealth) => ({ ...camera('a', health), sharingMode });
  expect(cameraMark(of('off', { state: 'idle' }))).toBe('notShared');
  expect(cameraMark(of('recordedOnly', live))).toBe('notShared');
  expect(cameraMark(of('off', { state: 'relayOffline', since }))).toBe('off');
  expect(markWordOf(of('off', { state: 'idle' }))).toBe('owner off');
  expect(markWordOf(of('onAlert', { state: 'idle' }))).toBe('on alert only');
  // Nothing but an alert makes it run.
  expect(cameraMark(of('onAlert', live))).toBe('live');
  const [cone] = coneFeatures([of('off', { state: 'idle' })], new Set()).features;
  expect(cone?.properties).toMatchObject({ isUsable: false });
});

test('a cluster shows what needs a look most', () => {
  expect(worstMark(['live', 'ready', 'stale'])).toBe('stale');
  expect(worstMark(['live', 'off', 'stale'])).toBe('off');
  expect(worstMark(['ready', 'live'])).toBe('live');
  expect(worstMark([])).toBe('ready');
});
