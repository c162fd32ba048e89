import { expect, test } from 'vitest';
import { serverOffsetMs } from './serverTime.ts';

test('the date of an answer says how wrong this device is', () => {
  const sentAtMs = Date.parse('2026-01-15T12:00:00.000Z');
  expect(serverOffsetMs('Thu, 15 Jan 2026 12:01:00 GMT', sentAtMs, sentAtMs + 200)).toBe(60_400);
});

test('an answer without a date says nothing', () => {
  expect(serverOffsetMs(null, 0, 0)).toBeNull();
  expect(serverOffsetMs('soon', 0, 0)).toBeNull();
});
