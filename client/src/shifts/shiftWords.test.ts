import type { Shift } from '@commonsight/types/review';
import { expect, test } from 'vitest';
import { daysWords, lengthWords, minuteOfTime, shiftWords, timeOfMinute, weekStretches } from './shiftWords.ts';

const day: Shift = { timeZone: 'America/Chicago', days: [1, 2, 3, 4, 5], startMinute: 480, endMinute: 990 };
const night: Shift = { ...day, days: [5, 6, 7], startMinute: 22 * 60, endMinute: 6 * 60 };

test('hours are said with their days, and a night says that it ends on the next one', () => {
  expect(shiftWords(day)).toBe('Mon to Fri, 08:00 to 16:30');
  expect(shiftWords(night)).toBe('Fri to Sun, 22:00 to 06:00 on the next day');
  expect([day, night].map(lengthWords)).toEqual(['8 h 30 min', '8 h']);
});

test('an end that is the start is a whole day later', () => {
  const whole = { ...day, startMinute: 420, endMinute: 420 };
  expect(shiftWords(whole)).toContain('07:00 to 07:00 on the next day');
  expect(lengthWords(whole)).toBe('24 h');
});

test('days in a row are a stretch, two of them are two', () => {
  expect(daysWords([5, 1, 3, 4])).toBe('Mon, Wed to Fri');
  expect(daysWords([6, 7])).toBe('Sat, Sun');
  expect(daysWords([7, 6, 5, 4, 3, 2, 1])).toBe('every day');
});

test('a night from Sunday goes on where the week begins', () => {
  expect(weekStretches(night)).toEqual([
    { from: 0, to: 360 },
    { from: 4 * 1440 + 1320, to: 5 * 1440 + 360 },
    { from: 5 * 1440 + 1320, to: 6 * 1440 + 360 },
    { from: 6 * 1440 + 1320, to: 7 * 1440 },
  ]);
  expect(weekStretches({ ...day, days: [7], startMinute: 960, endMinute: 0 })).toEqual([
    { from: 6 * 1440 + 960, to: 7 * 1440 },
  ]);
});

test('what a field of a time holds is a minute of the day, or nothing', () => {
  for (const minute of [0, 485, 1439]) expect(minuteOfTime(timeOfMinute(minute))).toBe(minute);
  for (const wrong of ['', '24:00', '9:00', 'noon']) expect(minuteOfTime(wrong)).toBeNull();
});
