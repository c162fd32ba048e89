import { expect, test } from 'vitest';
import { formatBytes, formatClock, formatCount, formatDistance, formatElapsed, formatLeft } from './format.ts';

const minute = 60_000;
const hour = 60 * minute;

test.each([
  [0, '00:00'],
  [-5000, '00:00'],
  [252_999, '04:12'],
  [59 * minute + 59_000, '59:59'],
  [hour + 4 * minute + 12_000, '1:04:12'],
  [100 * hour, '100:00:00'],
])('a clock of %i ms reads %s', (elapsedMs, words) => {
  expect(formatClock(elapsedMs)).toBe(words);
});

test.each([
  [0, '0 s'],
  [-1, '0 s'],
  [59_999, '59 s'],
  [4 * minute + 59_000, '4 min'],
  [2 * hour + 5 * minute, '2 h 05'],
  [47 * hour, '47 h 00'],
  [72 * hour, '3 d'],
])('an age of %i ms reads %s', (elapsedMs, words) => {
  expect(formatElapsed(elapsedMs)).toBe(words);
});

test.each([
  [0, '0 m'],
  [79.6, '80 m'],
  [143, '140 m'],
  [994, '990 m'],
  [996, '1.0 km'],
  [1234, '1.2 km'],
])('%f metres read %s', (metres, words) => {
  expect(formatDistance(metres)).toBe(words);
});

test.each([
  [0, '0 kB'],
  [640_200, '640 kB'],
  [999_600, '1.0 MB'],
  [12_440_000, '12.4 MB'],
  [1_240_000_000, '1.2 GB'],
])('%i bytes read %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test('counts have their words', () => {
  expect(formatCount(0, 'camera')).toBe('no cameras');
  expect(formatCount(1, 'camera')).toBe('1 camera');
  expect(formatCount(2, 'viewing')).toBe('2 viewings');
});

test('what is left is a clock within a day, and days beyond', () => {
  expect(formatLeft(21 * minute + 40_000)).toBe('21:40');
  expect(formatLeft(24 * hour - 1000)).toBe('23:59:59');
  expect(formatLeft(719 * hour)).toBe('29 d');
});
