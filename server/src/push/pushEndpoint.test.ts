import webPush from 'web-push';
import { describe, expect, test } from 'vitest';
import { isPublicAddress } from './isPublicAddress.ts';
import { postPush } from './postPush.ts';
import { assertEndpoint, EndpointRefused, resolveEndpoint } from './pushEndpoint.ts';
import { TestPushService } from './testing/TestPushService.ts';

const strict = { isLoopbackAllowed: false };
const training = { isLoopbackAllowed: true };

test.each(['142.250.1.188', '34.107.243.93', '17.188.1.1', '2a00:1450:4001:82f::200a', '2600:1901:0:92a9::'])(
  'PSH6 %s is somebody on the internet',
  (address) => expect(isPublicAddress(address, [])).toBe(true),
);

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '168.63.129.16',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  'fe80::1',
  'fd00:ec2::254',
  'ff02::1',
  '2001:db8::1',
  '2002:a00:1::',
  'localhost',
  '',
])('PSH6 %s is not', (address) => expect(isPublicAddress(address, [])).toBe(false));

test('PSH6 an address of this machine is not, also a public one', () => {
  expect(isPublicAddress('142.250.1.188', ['142.250.1.188'])).toBe(false);
});

describe('an endpoint', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
  ])('PSH6 %s may be one', (endpoint) => expect(() => assertEndpoint(endpoint, strict)).not.toThrow());

  test.each([
    'http://push.example.org/x',
    'https://push.example.org:8443/x',
    'https://user:password@push.example.org/x',
    'https://10.0.0.1/x',
    'https://142.250.1.188/x',
    'https://[::1]/x',
    'https://0x7f.1/x',
    'https://2130706433/x',
    'https://localhost/x',
    'https://redis/x',
    'http://127.0.0.1:9000/x',
  ])('PSH6 %s is refused by its text', (endpoint) => {
    expect(() => assertEndpoint(endpoint, strict)).toThrow('push service');
  });

  test('PSH6 is refused when one of the addresses behind its name is not on the internet', async () => {
    const behind = (...addresses: string[]) =>
      resolveEndpoint('https://push.example.org/x', strict, async () =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    await expect(behind('142.250.1.188')).resolves.toMatchObject({ addresses: [{ address: '142.250.1.188' }] });
    await expect(behind('142.250.1.188', '127.0.0.1')).rejects.toThrow(EndpointRefused);
    await expect(behind('169.254.169.254')).rejects.toThrow(EndpointRefused);
    await expect(behind()).rejects.toThrow(EndpointRefused);
  });

  test('PSH6 on loopback is one where training allows it, and private networks are none also there', async () => {
    expect(() => assertEndpoint('http://127.0.0.1:9000/x', training)).not.toThrow();
    expect(() => assertEndpoint('http://10.0.0.1/x', training)).toThrow('push service');
    const behind = resolveEndpoint('https://push.example.org/x', training, async () => [
      { address: '10.0.0.1', family: 4 },
    ]);
    await expect(behind).rejects.toThrow(EndpointRefused);
  });
});

test('PSH6 a message is not sent to loopback, and nothing is connected to', async () => {
  const service = await TestPushService.start();
  const { endpoint, p256dh, auth } = service.subscribe();
  const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, 'x', {
    vapidDetails: { subject: 'mailto:a@test.example', ...webPush.generateVAPIDKeys() },
  });
  expect(await postPush(details, strict)).toMatchObject({ state: 'refused' });
  expect(service.asked).toEqual([]);
  await service.close();
});
