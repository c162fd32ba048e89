/** Whole percent, rounded down: 100 when all is there, and not before. */
export function percentOf(doneBytes: number, allBytes: number): number {
  return Math.floor((100 * doneBytes) / Math.max(1, allBytes));
}
