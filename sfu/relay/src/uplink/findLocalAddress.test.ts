import { describe, expect, test } from 'vitest';
import { findLocalAddress } from './findLocalAddress.ts';

const production = { isLoopbackAllowed: false, isLinkLocalAllowed: false };
const training = { ...production, isLoopbackAllowed: true };

describe('findLocalAddress', () => {
  test('says where packets leave from', async () => {
    const route = { localAddress: '127.0.0.1', targetAddress: '127.0.0.1' };
    expect(await findLocalAddress('127.0.0.1', 41_000, training)).toEqual(route);
  });

  test('refuses this machine, unless the server is on it', async () => {
    for (const target of ['127.0.0.1', 'localhost', '2130706433', '::1', '::ffff:127.0.0.1']) {
      await expect(findLocalAddress(target, 41_000, production)).rejects.toThrow('does not send to the address');
    }
  });

  test.each([
    '169.254.169.254',
    '169.254.3.4',
    'fe80::1',
    '0.0.0.0',
    '239.1.1.1',
    '255.255.255.255',
    '100.100.100.200',
  ])('refuses %s always', async (target) => {
    await expect(findLocalAddress(target, 41_000, training)).rejects.toThrow('does not send to the address');
  });
});
