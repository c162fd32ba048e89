import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('has defaults', () => {
  expect(readConfig({})).toEqual({
    logLevel: 'info',
    isAlarmRefusing: false,
    alertListen: null,
    ownerListen: null,
    cameraCheckSeconds: 300,
    areLoopbackCamerasAllowed: false,
    areCamerasTakenOverLink: false,
    discoveryTargets: undefined,
    mostMaskedStreams: 4,
    playoutDelay: { minMs: 0, maxMs: 100 },
  });
});

test('takes an empty list of places to look for cameras as none, as compose files pass it on', () => {
  expect(readConfig({ RELAY_DISCOVERY_TARGETS: '' }).discoveryTargets).toBeUndefined();
  expect(readConfig({ RELAY_DISCOVERY_TARGETS: '10.0.0.7' }).discoveryTargets).toEqual([
    { address: '10.0.0.7', port: 3702 },
  ]);
});

test.each([
  ['RELAY_ALLOW_LOOPBACK_CAMERAS', 'yes'],
  ['RELAY_PLAYOUT_DELAY_MAX_MS', '105'],
  ['RELAY_PLAYOUT_DELAY_MIN_MS', '200'],
  ['LOG_LEVEL', 'loud'],
  ['RELAY_MASKED_STREAMS', '-1'],
  ['RELAY_ON_LOG_ALARM', 'ignore'],
  ['RELAY_ALERT_LISTEN', '0.0.0.0:7900'],
  ['RELAY_ALERT_LISTEN', '[::]:7900'],
  ['RELAY_ALERT_LISTEN', '[0:0::0]:7900'],
  ['RELAY_ALERT_LISTEN', '[::ffff:0:0]:7900'],
  ['RELAY_ALERT_LISTEN', '[0:0:0:0:0:FFFF:c0a8:105]:7900'],
  ['RELAY_ALERT_LISTEN', 'relay.local:7900'],
  ['RELAY_ALERT_LISTEN', '192.168.1.5'],
  ['RELAY_ALERT_LISTEN', '192.168.1.5:70000'],
  ['RELAY_ALERT_LISTEN', '192.168.1.500:7900'],
  ['RELAY_OWNER_LISTEN', '0.0.0.0:7901'],
  ['RELAY_OWNER_LISTEN', '[::]:7901'],
  ['RELAY_OWNER_LISTEN', '[::ffff:192.168.1.5]:7901'],
  ['RELAY_OWNER_LISTEN', 'relay.local:7901'],
  ['RELAY_OWNER_LISTEN', '192.168.1.5'],
  ['RELAY_OWNER_LISTEN', '203.0.113.7:7901'],
  ['RELAY_OWNER_LISTEN', '100.64.0.7:7901'],
  ['RELAY_OWNER_LISTEN', '172.32.0.7:7901'],
  ['RELAY_OWNER_LISTEN', '[2001:db8::5]:7901'],
])('names the wrong setting %s', (key, value) => {
  expect(() => readConfig({ [key]: value })).toThrow(key);
});

test.each([
  ['192.168.1.5:7900', { address: '192.168.1.5', port: 7_900 }],
  ['[fd12:3456::5]:7900', { address: 'fd12:3456::5', port: 7_900 }],
])('ALE5 local triggers are heard at %s', (text, address) => {
  expect(readConfig({ RELAY_ALERT_LISTEN: text }).alertListen).toEqual(address);
});

test.each([
  ['172.16.1.5:7901', { address: '172.16.1.5', port: 7_901 }],
  ['[fd12:3456::5]:7901', { address: 'fd12:3456::5', port: 7_901 }],
])('SHR6 the page for pairing is opened at %s', (text, address) => {
  expect(readConfig({ RELAY_OWNER_LISTEN: text }).ownerListen).toEqual(address);
  expect(() => readConfig({ RELAY_ALERT_LISTEN: text, RELAY_OWNER_LISTEN: text })).toThrow('are the same');
});
