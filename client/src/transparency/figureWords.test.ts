import { expect, test } from 'vitest';
import { dayWords, valueWords } from './figureWords.ts';

test('numbers have their unit', () => {
  expect(valueWords(1234, 'count')).toBe('1,234');
  expect(valueWords(97, 'percent')).toBe('97 %');
  expect(valueWords(61, 'minutes')).toBe('61 min');
  expect(valueWords(59, 'seconds')).toBe('59 s');
  expect(valueWords(3_725, 'seconds')).toBe('62 min 5 s');
});

test('what is not told is never a zero', () => {
  expect(valueWords(null, 'count')).toBe('withheld');
  expect(valueWords(0, 'count')).toBe('0');
});

test('days are those of the report, wherever it is read', () => {
  expect(dayWords('2026-03-03T00:00:00.000Z')).toBe('March 3, 2026');
});
