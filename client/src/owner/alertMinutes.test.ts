import { describe, expect, it } from 'vitest';
import { minutesOf, readMinutes } from './alertMinutes.ts';

describe('minutes of an alert', () => {
  it('are whole, and at least one', () => {
    expect([10, 30, 60, 90, 1_800].map(minutesOf)).toEqual([1, 1, 1, 2, 30]);
  });

  it('are read as they are written, or it is said what to write', () => {
    const limits = { least: 2, most: 240 };
    expect([' 2 ', '30', '240'].map((text) => readMinutes(text, limits))).toEqual([2, 30, 240]);
    for (const text of ['', '1', '241', '2.5', '-3', '1e2', 'ten']) {
      expect(readMinutes(text, limits)).toBe('Write whole minutes, from 2 to 240.');
    }
  });
});
