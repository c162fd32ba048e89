const dayMs = 24 * 60 * 60_000;

/**
 * When a contact is reminded: a day before the recording goes, or in the middle of what is left when that is less than two
 * days. Null when nobody knows when it goes, and when the deadline is earlier.
 */
export function remindAtOf(of: { overwrittenAt: Date | null; deadline: Date; now: Date }): Date | null {
  const { overwrittenAt, deadline, now } = of;
  if (overwrittenAt === null || overwrittenAt <= now) return null;
  const leftMs = overwrittenAt.getTime() - now.getTime();
  const remindAt = new Date(overwrittenAt.getTime() - Math.min(dayMs, leftMs / 2));
  return remindAt < deadline ? remindAt : null;
}
