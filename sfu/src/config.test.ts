import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const needed = { SERVER_URL: 'http://localhost:8080', SFU_LINK_SECRET: 'a secret of a length that is long enough' };

test('two keys are enough', () => {
  expect(readConfig(needed)).toMatchObject({
    serverUrl: 'http://localhost:8080',
    listenAddress: '127.0.0.1',
    announcedAddress: undefined,
    webRtcPort: 44_400,
    uplinkPorts: { min: 41_000, max: 41_999 },
    logLevel: 'info',
  });
  expect(readConfig({ ...needed, SFU_UPLINK_PORTS: '', LOG_LEVEL: '' }).logLevel).toBe('info');
});

const misfits: [key: string, value: string, others?: Record<string, string>][] = [
  ['SERVER_URL', 'localhost:8080'],
  ['SFU_LINK_SECRET', 'short'],
  ['SFU_LISTEN_ADDRESS', 'example.org'],
  ['SFU_WEBRTC_PORT', '65535', { SFU_WORKERS: '2' }],
  ['SFU_UPLINK_PORTS', '41999-41000'],
  ['SFU_UPLINK_PORTS', '41000'],
  ['SFU_UPLINK_PORTS', '44000-44400'],
  ['SFU_WORKERS', '0'],
  ['LOG_LEVEL', 'loud'],
];

test.each(misfits)('a bad %s is named and its value is not repeated', (key, value, others = {}) => {
  const read = () => readConfig({ ...needed, ...others, [key]: value });
  expect(read).toThrow(key);
  expect(read).not.toThrow(value);
});

test('who listens on every address has to announce one', () => {
  const everywhere = { ...needed, SFU_LISTEN_ADDRESS: '0.0.0.0' };
  expect(() => readConfig(everywhere)).toThrow('SFU_ANNOUNCED_ADDRESS');
  expect(readConfig({ ...everywhere, SFU_ANNOUNCED_ADDRESS: '192.0.2.1' }).announcedAddress).toBe('192.0.2.1');
});
