/*
 * Times, distances and amounts in the words of the screens. All take plain numbers; who shows them decides when.
 */

/** A running clock: `04:12`, and from an hour on `1:04:12`. Never negative. */
export function formatClock(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  if (hours === 0) return `${twoDigits(minutes)}:${twoDigits(seconds % 60)}`;
  return `${String(hours)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** What is left of something: a clock within a day, else days: `21:40`, `29 d`. */
export function formatLeft(leftMs: number): string {
  return leftMs < dayMs ? formatClock(leftMs) : `${String(Math.floor(leftMs / dayMs))} d`;
}

const dayMs = 24 * 60 * 60_000;

/** How long ago or how long, roughly: `12 s`, `4 min`, `2 h 05`, `3 d`. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${String(hours)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${String(Math.floor(hours / 24))} d`;
}

/** `80 m`, to ten metres above a hundred, `1.2 km` above a thousand. */
export function formatDistance(metres: number): string {
  if (metres >= 995) return `${(metres / 1000).toFixed(1)} km`;
  if (metres >= 100) return `${String(Math.round(metres / 10) * 10)} m`;
  return `${String(Math.round(metres))} m`;
}

/** `0 kB`, `640 kB`, `12.4 MB`, `1.2 GB`: decimal units, as networks count. */
export function formatBytes(bytes: number): string {
  if (bytes < 999_500) return `${String(Math.round(bytes / 1000))} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const exactTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** `14:02`, in the time zone of this machine. */
export function formatTimeOfDay(moment: string): string {
  return timeOfDay.format(Date.parse(moment));
}

/** Date and time to the second, for a tooltip. */
export function formatExactTime(moment: string): string {
  return exactTime.format(Date.parse(moment));
}

/** `1 camera`, `3 cameras`, `no cameras`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`;
  return `${String(count)} ${count === 1 ? one : many}`;
}
