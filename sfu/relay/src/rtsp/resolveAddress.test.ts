import { describe, expect, test } from 'vitest';
import { isAddressAllowed, ownAddresses, resolveAddress } from './resolveAddress.ts';

const strict = { isLoopbackAllowed: false, isLinkLocalAllowed: true };
const training = { isLoopbackAllowed: true, isLinkLocalAllowed: true };
const uplink = { isLoopbackAllowed: false, isLinkLocalAllowed: false };

describe('isAddressAllowed', () => {
  test.each([
    '10.0.0.7',
    '192.168.1.64',
    '172.16.3.1',
    '169.254.12.9',
    '203.0.113.5',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    '2001:db8::1',
    '169.254.169.1',
    '192.0.2.1',
  ])('lets a camera be at %s', (address) => expect(isAddressAllowed(address, strict)).toBe(true));

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '224.0.0.1',
    '239.255.255.250',
    '255.255.255.255',
    '::',
    'ff02::1',
    'fd00:ec2::254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '::ffff:0.0.0.0',
    // Metadata services and credentials of clouds.
    '169.254.169.253',
    '169.254.170.2',
    '169.254.170.23',
    '169.254.0.23',
    '169.254.42.42',
    '168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::253',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:42::42',
    'fe80::a9fe:a9fe',
    'fe80::a9fe:a9fe%eth0',
    '::ffff:168.63.129.16',
    // Ways around: local NAT64, translation, 6to4, Teredo.
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:a9fe:a9:fe00::',
    '::ffff:0:a9fe:a9fe',
    '2002:7f00:1::1',
    '2002:a9fe:a9fe::',
    '2001:0:a9fe:a9fe::',
    '192.88.99.1',
    '100::1',
    'no address',
  ])('refuses %s', (address) => expect(isAddressAllowed(address, training)).toBe(false));

  test.each(['127.0.0.1', '127.9.9.9', '::1', '::1%lo', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1'])(
    'lets a camera be at %s only when loopback is allowed',
    (address) => {
      expect(isAddressAllowed(address, strict)).toBe(false);
      expect(isAddressAllowed(address, training)).toBe(true);
    },
  );
});

test.each(['10.0.0.5', '::ffff:10.0.0.5', '64:ff9b::a00:5', 'fd12::5', 'fd12:0:0::5', 'fe80::5%eth0'])(
  'F18 lets %s, which is this machine, be dialled only when loopback is allowed',
  (address) => {
    const own = ['10.0.0.5', 'fd12::5', 'fe80::5%eth0'];
    expect(isAddressAllowed(address, strict, own)).toBe(false);
    expect(isAddressAllowed(address, training, own)).toBe(true);
    expect(isAddressAllowed('10.0.0.6', strict, own)).toBe(true);
  },
);

test('F18 knows the addresses that this machine has now', () => {
  expect(ownAddresses()).toContain('127.0.0.1');
});

test.each(['169.254.12.9', 'fe80::1', 'fe80::1%eth0', '::ffff:169.254.12.9'])(
  'lets %s be dialled only when link-local is allowed',
  (address) => {
    expect(isAddressAllowed(address, uplink)).toBe(false);
    expect(isAddressAllowed(address, strict)).toBe(true);
  },
);

describe('resolveAddress', () => {
  test.each(['0x7f.1', '2130706433', '127.1', 'localhost', '0177.0.0.1'])(
    'refuses %s, which is loopback in disguise',
    async (host) => {
      await expect(resolveAddress(host, strict)).rejects.toMatchObject({ fault: 'unreachable' });
    },
  );

  test('refuses a host when one of its addresses is refused', async () => {
    const both = async () => [{ address: '10.0.0.7' }, { address: '169.254.169.254' }];
    await expect(resolveAddress('camera.example', strict, both)).rejects.toThrow('does not connect');
  });

  test('answers the address that it checked', async () => {
    expect(await resolveAddress('camera.example', strict, async () => [{ address: '10.0.0.7' }])).toBe('10.0.0.7');
  });

  test('a name that does not exist is unreachable', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    await expect(resolveAddress('camera.example', strict, missing)).rejects.toMatchObject({ fault: 'unreachable' });
  });
});
