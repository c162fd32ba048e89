/** A year, and less than the longest pause whatever the zone. */
const longestDays = 365;

/**
 * The moment at which a pause ends: the beginning of a day, `2026-02-01`, where this device is. Null for a day that is not
 * after today or more than a year away.
 */
export function pauseUntil(day: string, now: Date): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const until = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const latest = new Date(now.getFullYear(), now.getMonth(), now.getDate() + longestDays);
  return until > now && until <= latest ? until.toISOString() : null;
}
