import { expect, test } from 'vitest';
import { nextTryOf } from './nextTryOf.ts';

const dayMs = 86_400_000;
const later = (retryAfterMs: number | null = null) => ({ state: 'later', why: 'status 503', retryAfterMs }) as const;

test('PSH5 what fails for the moment is tried again seven times, each time later', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((tries) => nextTryOf(later(), tries, dayMs));
  expect(pauses).toEqual([2_000, 10_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, null]);
});

test('PSH5 a push service may ask for another pause, from a second to two hours', () => {
  expect(nextTryOf(later(45_000), 1, dayMs)).toBe(45_000);
  expect(nextTryOf(later(0), 1, dayMs)).toBe(1_000);
  expect(nextTryOf(later(dayMs), 1, dayMs)).toBe(7_200_000);
  expect(nextTryOf(later(0), 8, dayMs)).toBeNull();
});

test('PSH5 what is refused, or would come after the message’s time, is given up', () => {
  expect(nextTryOf({ state: 'refused', why: 'status 400' }, 1, dayMs)).toBeNull();
  expect(nextTryOf(later(), 1, 2_000)).toBeNull();
  expect(nextTryOf(later(), 1, 2_001)).toBe(2_000);
});
