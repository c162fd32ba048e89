import { expect, test } from 'vitest';
import { megabits, parseMegabits } from './megabits.ts';

test('rates are said as contracts say them', () => {
  expect([megabits(660), megabits(9_460), megabits(520_000)]).toEqual(['0.7 Mbit/s', '9.5 Mbit/s', '520 Mbit/s']);
});

test('a rate is typed in Mbit/s, with a point or a comma', () => {
  expect(['2.5', ' 2,5 ', '', 'much'].map(parseMegabits)).toEqual([2_500, 2_500, null, undefined]);
});
