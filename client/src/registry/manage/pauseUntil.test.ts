import { expect, test } from 'vitest';
import { pauseUntil } from './pauseUntil.ts';

const now = new Date(2026, 0, 15, 18, 30);

test('a pause ends where its day begins', () => {
  expect(pauseUntil('2026-01-16', now)).toBe(new Date(2026, 0, 16).toISOString());
  expect(pauseUntil('2027-01-15', now)).toBe(new Date(2027, 0, 15).toISOString());
});

test('today, the past, more than a year and no day at all are refused', () => {
  for (const day of ['2026-01-15', '2025-12-31', '2027-01-16', '', '16.1.2026'])
    expect(pauseUntil(day, now)).toBeNull();
});
