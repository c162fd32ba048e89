import type { StreamHealth } from '@commonsight/types/health';
import { describe, expect, it } from 'vitest';
import { type HealthSigns, mergeHealth } from './mergeHealth.ts';

const since = '2026-01-01T00:00:00.000Z';
const live: StreamHealth = { state: 'live', since, width: 640, height: 360, framesPerSecond: 30 };
const offline: StreamHealth = {
  state: 'cameraOffline',
  since,
  fault: 'unreachable',
  message: 'No answer.',
  retryAt: null,
};
const online = { isOnline: true, since };
const away = { isOnline: false, since: '2026-01-01T00:00:05.000Z' };

describe('mergeHealth', () => {
  const cases: [string, HealthSigns, StreamHealth['state']][] = [
    ['believes its relay', { reported: live, flow: null, link: online, startingSince: null }, 'live'],
    [
      'is idle when nobody asked',
      { reported: { state: 'idle' }, flow: null, link: online, startingSince: null },
      'idle',
    ],
    [
      'connects while it starts',
      { reported: { state: 'idle' }, flow: null, link: online, startingSince: since },
      'connecting',
    ],
    [
      'is stale when nothing arrives',
      { reported: live, flow: { isFlowing: false, since }, link: online, startingSince: null },
      'stale',
    ],
    [
      'blames the camera first',
      { reported: offline, flow: { isFlowing: false, since }, link: online, startingSince: null },
      'cameraOffline',
    ],
    [
      'stays live while packets arrive',
      { reported: live, flow: { isFlowing: true, since }, link: away, startingSince: null },
      'live',
    ],
    [
      'has an offline relay',
      { reported: live, flow: { isFlowing: false, since }, link: away, startingSince: null },
      'relayOffline',
    ],
    [
      'has an offline relay when idle',
      { reported: { state: 'idle' }, flow: null, link: away, startingSince: null },
      'relayOffline',
    ],
  ];
  it.each(cases)('%s', (_name, signs, state) => {
    expect(mergeHealth(signs).state).toBe(state);
  });
});
