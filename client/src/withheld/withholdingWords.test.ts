import { expect, test } from 'vitest';
import { leftWords, orderWithholdings, withholdingState } from './withholdingWords.ts';

const nowMs = Date.parse('2026-01-10T12:00:00.000Z');
const made = (createdAt: string, endsAt: string, endedAt: string | null = null) => ({ createdAt, endsAt, endedAt });
const long = made('2026-01-09T12:00:00.000Z', '2026-02-08T12:00:00.000Z');
const short = made('2026-01-08T12:00:00.000Z', '2026-01-11T12:00:00.000Z');
const over = made('2026-01-01T12:00:00.000Z', '2026-01-04T12:00:00.000Z');
const early = made('2026-01-05T12:00:00.000Z', '2026-02-04T12:00:00.000Z', '2026-01-06T12:00:00.000Z');

test('a number is withheld until somebody ends it or the time is over', () => {
  expect([long, over, early].map((one) => withholdingState(one, nowMs))).toEqual(['running', 'over', 'endedEarly']);
});

test('what is left is never said to be more than it is', () => {
  expect(leftWords('2026-01-13T11:59:00.000Z', nowMs)).toBe('2 days left');
  expect(leftWords('2026-01-11T12:00:00.000Z', nowMs)).toBe('24 hours left');
  expect(leftWords('2026-01-10T13:10:00.000Z', nowMs)).toBe('an hour left');
  expect(leftWords('2026-01-10T12:00:01.000Z', nowMs)).toBe('less than an hour left');
});

test('what ends next stands first, what is over last', () => {
  expect(orderWithholdings([over, long, early, short], nowMs)).toEqual([short, long, early, over]);
});
