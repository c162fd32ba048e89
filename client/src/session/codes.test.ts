import { describe, expect, it } from 'vitest';
import { digitsOf } from './digitsOf.ts';
import { lockWords } from './lockWords.ts';
import { qrPath } from './qrPath.ts';
import { secretGroups } from './secretGroups.ts';
import { failedTryWords } from './signInWords.ts';

describe('codes', () => {
  it('takes six digits out of what was pasted', () => {
    expect(digitsOf(' 123 456 ')).toBe('123456');
    expect(digitsOf('12a3-45678')).toBe('123456');
  });

  it('groups a secret without a space at its end', () => {
    expect(secretGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
    expect(secretGroups('ABCD')).toBe('ABCD');
  });

  it('draws each dark square of a QR code', () => {
    expect(
      qrPath([
        [true, false],
        [false, true],
      ]),
    ).toEqual({ path: 'M0 0h1v1h-1zM1 1h1v1h-1z', size: 2 });
  });
});

describe('lockWords', () => {
  it('counts minutes, in the last one seconds', () => {
    expect(lockWords(30 * 60_000)).toBe('Locks in 30 min');
    expect(lockWords(60_001)).toBe('Locks in 2 min');
    expect(lockWords(60_000)).toBe('Locks in 60 s');
    expect(lockWords(0)).toBe('Locking');
  });
});

describe('failedTryWords', () => {
  it('says nothing about the account, and what to do', () => {
    expect(failedTryWords('password', { code: 'wrongCredentials', message: 'The account is locked.' })).toMatch(
      /^Email or password is wrong\..*administrator/,
    );
    expect(failedTryWords('totp', { code: 'badRequest', message: 'body/code' })).toMatch(/^This code is wrong/);
    expect(failedTryWords('password', { code: 'unreachable', message: 'No answer.' })).toBe('No answer.');
  });
});
