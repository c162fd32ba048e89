import { expect, test } from 'vitest';
import { bearingAt, compassIndex, turned } from './bearing.ts';

test('a pointer has a bearing', () => {
  expect([bearingAt(0, -1), bearingAt(1, 0), bearingAt(0, 1), bearingAt(-1, 0), bearingAt(-1, -1)]).toEqual([
    0, 90, 180, 270, 315,
  ]);
});

test('turning goes on over the north', () => {
  expect(turned(355, 10)).toBe(5);
  expect(turned(0, -5)).toBe(355);
});

test('a bearing has one of eight names', () => {
  expect([0, 22, 23, 180, 340].map(compassIndex)).toEqual([0, 0, 1, 4, 0]);
});
