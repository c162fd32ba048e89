import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('has defaults', () => {
  expect(readConfig({})).toEqual({
    logLevel: 'info',
    isAlarmRefusing: false,
    alertListen: null,
    cameraCheckSeconds: 300,
    areLoopbackCamerasAllowed: false,
    areCamerasTakenOverLink: false,
    discoveryTargets: undefined,
    playoutDelay: { minMs: 0, maxMs: 100 },
  });
});

test.each([
  ['RELAY_ALLOW_LOOPBACK_CAMERAS', 'yes'],
  ['RELAY_PLAYOUT_DELAY_MAX_MS', '105'],
  ['RELAY_PLAYOUT_DELAY_MIN_MS', '200'],
  ['LOG_LEVEL', 'loud'],
  ['RELAY_ON_LOG_ALARM', 'ignore'],
])('names the wrong setting %s', (key, value) => {
  expect(() => readConfig({ [key]: value })).toThrow(key);
});
