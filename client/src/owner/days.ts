const dayMs = 86_400_000;

/** The day at the site, such as `2026-11-28`. */
export function dayAt(timeZone: string, atMs: number): string {
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(atMs));
}

/** The first day after today that has no mode of its own yet. */
export function nextFreeDay(taken: readonly string[], timeZone: string, nowMs: number): string {
  const todayMs = Date.parse(dayAt(timeZone, nowMs));
  for (let days = 1; ; days += 1) {
    const day = new Date(todayMs + days * dayMs).toISOString().slice(0, 10);
    if (!taken.includes(day)) return day;
  }
}
