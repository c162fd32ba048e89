import { expect, test } from 'vitest';
import { clockOffsetSeconds, offsetParts } from './clockOffset.ts';

const at = (hours: number, minutes: number, seconds: number) => new Date(2026, 0, 15, hours, minutes, seconds);

test('a clock is ahead or behind', () => {
  expect(clockOffsetSeconds('14:05:30', at(14, 4, 0))).toBe(90);
  expect(clockOffsetSeconds('14:02:00', at(14, 4, 0))).toBe(-120);
});

test('without seconds the minute is compared', () => {
  expect(clockOffsetSeconds('14:04', at(14, 4, 59))).toBe(0);
  expect(clockOffsetSeconds('15:04', at(14, 4, 59))).toBe(3600);
});

test('around midnight the nearest meaning is taken', () => {
  expect(clockOffsetSeconds('23:59', at(0, 0, 10))).toBe(-60);
  expect(clockOffsetSeconds('00:01', at(23, 59, 50))).toBe(120);
});

test('what is no time is none', () => {
  for (const text of ['', '24:00', '9:30', '12:60', '12:00:61'])
    expect(clockOffsetSeconds(text, at(1, 0, 0))).toBeNull();
});

test('an offset is said in its parts', () => {
  expect(offsetParts(0)).toBeNull();
  expect(offsetParts(-3725)).toEqual({ hours: 1, minutes: 2, seconds: 5, isAhead: false });
});
