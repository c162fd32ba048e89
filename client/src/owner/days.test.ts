import { expect, it } from 'vitest';
import { dayAt, nextFreeDay } from './days.ts';

const nowMs = Date.parse('2026-12-31T03:30:00Z');

it('a day is the site’s, not this device’s', () => {
  expect(dayAt('America/Chicago', nowMs)).toBe('2026-12-30');
  expect(dayAt('Asia/Tokyo', nowMs)).toBe('2026-12-31');
});

it('a new day is the first one after today that is free', () => {
  expect(nextFreeDay([], 'America/Chicago', nowMs)).toBe('2026-12-31');
  expect(nextFreeDay(['2026-12-31', '2027-01-02'], 'America/Chicago', nowMs)).toBe('2027-01-01');
});
