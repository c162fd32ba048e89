import { expect, test } from 'vitest';
import { lastWeek, nextMailAt, weekOf } from './week.ts';

const wordsOf = ({ monday, from, to, mailAt }: ReturnType<typeof lastWeek>) => [
  monday,
  ...[from, to, mailAt].map((at) => at.toISOString()),
];

test('a week runs from Monday to Monday by the clock of the place, and is told at seven in the morning', () => {
  const chicago = ['2026-01-05', '2026-01-05T06:00:00.000Z', '2026-01-12T06:00:00.000Z', '2026-01-12T13:00:00.000Z'];
  expect(wordsOf(lastWeek(new Date('2026-01-12T13:00:00.000Z'), 'America/Chicago'))).toEqual(chicago);
  expect(wordsOf(lastWeek(new Date('2026-01-19T12:59:59.999Z'), 'America/Chicago'))).toEqual(chicago);
  expect(lastWeek(new Date('2026-01-12T12:59:59.999Z'), 'America/Chicago').monday).toBe('2025-12-29');
  expect(wordsOf(lastWeek(new Date('2026-01-12T01:30:00.000Z'), 'Asia/Kolkata'))).toEqual([
    '2026-01-05',
    '2026-01-04T18:30:00.000Z',
    '2026-01-11T18:30:00.000Z',
    '2026-01-12T01:30:00.000Z',
  ]);
  expect(lastWeek(new Date('2026-01-12T07:00:00.000Z'), 'UTC').monday).toBe('2026-01-05');
});

test('a week in which the clock is changed is an hour longer or shorter', () => {
  const hoursOf = (at: string) => {
    const { from, to } = lastWeek(new Date(at), 'America/Chicago');
    return (to.getTime() - from.getTime()) / 3_600_000;
  };
  expect(hoursOf('2026-03-10T00:00:00.000Z')).toBe(7 * 24 - 1);
  expect(hoursOf('2026-11-03T00:00:00.000Z')).toBe(7 * 24 + 1);
});

test('the week that goes on, and when the next is told', () => {
  expect(weekOf(new Date('2026-01-12T05:59:59.999Z'), 'America/Chicago').monday).toBe('2026-01-05');
  expect(weekOf(new Date('2026-01-12T06:00:00.000Z'), 'America/Chicago').monday).toBe('2026-01-12');
  expect(nextMailAt('2026-01-05', 'America/Chicago').toISOString()).toBe('2026-01-19T13:00:00.000Z');
});
