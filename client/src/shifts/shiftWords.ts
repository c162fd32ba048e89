import type { Shift } from '@commonsight/types/review';

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export const fullDayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** How long one shift is, in minutes. An end before the start, or the same, is on the next day. */
function shiftMinutes({ startMinute, endMinute }: Shift): number {
  return endMinute > startMinute ? endMinute - startMinute : endMinute + minutesPerDay - startMinute;
}

export function endsNextDay({ startMinute, endMinute }: Shift): boolean {
  return endMinute <= startMinute;
}

/** A stretch of the week, in minutes since Monday midnight. */
export interface Stretch {
  from: number;
  to: number;
}

/** When the shift's user works in a week that begins on Monday: what goes over Sunday's midnight begins the week. */
export function weekStretches(shift: Shift): Stretch[] {
  const length = shiftMinutes(shift);
  return shift.days
    .flatMap((day) => {
      const from = (day - 1) * minutesPerDay + shift.startMinute;
      const to = from + length;
      if (to <= minutesPerWeek) return [{ from, to }];
      return [
        { from, to: minutesPerWeek },
        { from: 0, to: to - minutesPerWeek },
      ];
    })
    .sort((a, b) => a.from - b.from);
}

/** `22:00`, as a field of a time has it. */
export function timeOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** The minute of the day of `22:00`; null for what is no time. */
export function minuteOfTime(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** `Mon to Fri`, `Mon, Wed to Fri`, `every day`. */
export function daysWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 7) return 'every day';
  const runs: number[][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => {
      const names = run.map((day) => dayNames[day - 1] ?? '');
      // Two days in a row are two days, and no stretch.
      return names.length > 2 ? [`${names[0] ?? ''} to ${names.at(-1) ?? ''}`] : names;
    })
    .join(', ');
}

/** `Mon to Fri, 22:00 to 06:00 on the next day`. */
export function shiftWords(shift: Shift): string {
  const end = `${timeOfMinute(shift.endMinute)}${endsNextDay(shift) ? ' on the next day' : ''}`;
  return `${daysWords(shift.days)}, ${timeOfMinute(shift.startMinute)} to ${end}`;
}

/** `8 h`, `7 h 30 min`. */
export function lengthWords(shift: Shift): string {
  const minutes = shiftMinutes(shift);
  const rest = minutes % 60;
  return [...(minutes >= 60 ? [`${Math.floor(minutes / 60)} h`] : []), ...(rest > 0 ? [`${rest} min`] : [])].join(' ');
}
