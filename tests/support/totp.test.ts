import { expect, test } from 'vitest';
import { totpCode } from './totp.ts';

// RFC 6238, appendix B: the SHA-1 secret "12345678901234567890" and the last six of the eight digits.
test('gives the codes of RFC 6238', () => {
  const secret = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ';
  expect(totpCode(secret, 59_000)).toBe('287082');
  expect(totpCode(secret, 1_111_111_109_000)).toBe('081804');
  expect(totpCode(secret, 20_000_000_000_000)).toBe('353130');
});
