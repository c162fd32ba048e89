/** How long to wait before the next try: it doubles from the first to the longest, a fifth of it left to chance. */
export function backOffMs(tries: number, firstMs: number, longestMs: number, random = Math.random()): number {
  const waitMs = Math.min(longestMs, firstMs * 2 ** Math.max(0, tries - 1));
  return Math.round(waitMs * (0.9 + random * 0.2));
}
