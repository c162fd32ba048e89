/** In megabits, as contracts say it. */
export function megabits(kilobits: number): string {
  const value = kilobits / 1_000;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })} Mbit/s`;
}

/** Kilobits a second as somebody types them, in Mbit/s with a point or comma; null for none, and undefined for what is no number. */
export function parseMegabits(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const kilobits = Math.round(Number(trimmed) * 1_000);
  return Number.isFinite(kilobits) ? kilobits : undefined;
}

/** Said of what `parseMegabits` does not take, and the contract does not either. */
export const wrongMegabits = 'Write 0.064 to 100000, or nothing.';
