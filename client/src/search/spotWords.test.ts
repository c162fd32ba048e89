import { expect, test } from 'vitest';
import { readSpot, spotWords } from './spotWords.ts';

test('a place is read as it is written', () => {
  const spot = { latitude: 43.0389, longitude: -87.9065 };
  expect(spotWords(spot)).toBe('43.03890, -87.90650');
  expect(readSpot(spotWords(spot))).toEqual(spot);
  expect(readSpot(' 43.0389 -87.9065 ')).toEqual(spot);
});

test('anything else is no place', () => {
  for (const text of ['', '43', '43,', '91, 0', '0, 181', '1, 2, 3', 'here, there', '1e2, 3']) {
    expect(readSpot(text)).toBeNull();
  }
});
