import type { Shift } from '@commonsight/types/review';
import { type FlagRule, minuteMs } from './FlagRule.ts';

/** Handing over takes its time. */
const toleranceMinutes = 30;
const dayMinutes = 24 * 60;
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A viewing that began outside of the user's working hours. */
export const outOfShift: FlagRule = {
  kind: 'outOfShift',
  find({ viewing, shift }) {
    if (shift === null || isWithin(shift, viewing.startedAtMs)) return null;
    const { day, minute } = localTime(shift.timeZone, viewing.startedAtMs);
    const hours = `${spell(shift.startMinute)} to ${spell(shift.endMinute)}`;
    const days = [...shift.days].sort((a, b) => a - b).map((number) => dayNames[number - 1]);
    return `Began ${dayNames[day - 1] ?? ''} at ${spell(minute)}; the working hours are ${hours}, ${days.join(', ')}.`;
  },
};

/** Asked at both ends of the tolerance, so that changes of the clocks and midnight need no case of their own. */
function isWithin(shift: Shift, atMs: number): boolean {
  return [0, -toleranceMinutes, toleranceMinutes].some((shiftedBy) => isInHours(shift, atMs + shiftedBy * minuteMs));
}

function isInHours({ timeZone, days, startMinute, endMinute }: Shift, atMs: number): boolean {
  const { day, minute } = localTime(timeZone, atMs);
  if (endMinute > startMinute) return days.includes(day) && minute >= startMinute && minute < endMinute;
  const dayBefore = day === 1 ? 7 : day - 1;
  return (days.includes(day) && minute >= startMinute) || (days.includes(dayBefore) && minute < endMinute);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(timeZone: string, atMs: number): { day: number; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    day: dayNames.indexOf(parts.get('weekday') ?? '') + 1,
    minute: (Number(parts.get('hour')) * 60 + Number(parts.get('minute'))) % dayMinutes,
  };
}

function spell(minuteOfDay: number): string {
  const hour = Math.floor(minuteOfDay / 60);
  return `${String(hour).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}
