import { expect, test } from 'vitest';
import { isSiteAddress } from './siteAddresses.ts';

test.each(['10.1.2.3', '172.31.0.1', '192.168.1.5', '169.254.9.9', '127.0.0.2', '::1', 'fd12::5', 'fe80::1%eth0'])(
  '%s is of a site’s own network',
  (address) => expect(isSiteAddress(address)).toBe(true),
);

test.each(['203.0.113.7', '172.32.0.1', '100.64.0.1', '0.0.0.0', '2001:db8::5', '::', 'relay.local', ''])(
  '%s is not',
  (address) => expect(isSiteAddress(address)).toBe(false),
);
