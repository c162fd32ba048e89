/** A week by the clock on the wall of a place, from Monday to Monday. */
export interface Week {
  /** Its first day, such as `2026-11-23`. */
  monday: string;
  from: Date;
  to: Date;
  /** When it is told. */
  mailAt: Date;
}

const dayMs = 24 * 60 * 60_000;
/** Seven in the morning, so that a week is read with the day's mails and not in the night. */
const mailMinutes = 7 * 60;

/** The last week whose hour to be told has come. */
export function lastWeek(now: Date, timeZone: string): Week {
  const { monday } = weekOf(now, timeZone);
  const week = weekFrom(daysAfter(monday, -7), timeZone);
  return week.mailAt <= now ? week : weekFrom(daysAfter(monday, -14), timeZone);
}

/** The week that goes on at this moment. */
export function weekOf(now: Date, timeZone: string): Week {
  const local = new Date(now.getTime() + offsetMs(timeZone, now.getTime()));
  const sinceMonday = (local.getUTCDay() + 6) % 7;
  return weekFrom(daysAfter(local.toISOString().slice(0, 10), -sinceMonday), timeZone);
}

/** When the week after the one that begins on this Monday is told. */
export function nextMailAt(monday: string, timeZone: string): Date {
  return weekFrom(daysAfter(monday, 7), timeZone).mailAt;
}

function weekFrom(monday: string, timeZone: string): Week {
  const next = daysAfter(monday, 7);
  return {
    monday,
    from: momentOf(monday, 0, timeZone),
    to: momentOf(next, 0, timeZone),
    mailAt: momentOf(next, mailMinutes, timeZone),
  };
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** When the clock on the wall shows so many minutes after midnight; where it is set forward over that, just after. */
function momentOf(date: string, minutes: number, timeZone: string): Date {
  const wallMs = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  // Twice: the first guess may lie on the other side of a change of the clock.
  const guessMs = wallMs - offsetMs(timeZone, wallMs);
  return new Date(wallMs - offsetMs(timeZone, guessMs));
}

/** By how much the clock of a time zone is ahead of UTC. */
function offsetMs(timeZone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}
