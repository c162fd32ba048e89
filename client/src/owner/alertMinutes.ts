/** Seconds as they are shown: in whole minutes, and no alert that lasts takes none. */
export function minutesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

/** The whole minutes in a field's text; a sentence that says what to write for what is none or lies outside. */
export function readMinutes(text: string, { least, most }: { least: number; most: number }): number | string {
  const minutes = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return minutes >= least && minutes <= most ? minutes : `Write whole minutes, from ${least} to ${most}.`;
}
