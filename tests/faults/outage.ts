import type { WatchedTile } from '../support/browser/watchTiles.ts';

/** A pause between two frames that counts as an outage; frames come every 33 ms, and the machine may be busy. */
export const OUTAGE_MS = 400;

export interface Outage {
  /** From the fault to the first frame after the last outage; 0 when the picture went on. */
  backAfterMs: number;
  /** The longest pause between two frames since shortly before the fault. */
  longestGapMs: number;
}

/** How a tile came through a fault, from the times of its frames. */
export function outageOf(tile: WatchedTile, faultAtMs: number): Outage {
  let backAfterMs = 0;
  let longestGapMs = 0;
  for (const [index, atMs] of tile.frameTimesMs.entries()) {
    if (atMs < faultAtMs) continue;
    // The watch may have begun so shortly before the fault that no frame came in between.
    const gapMs = atMs - (tile.frameTimesMs[index - 1] ?? faultAtMs);
    longestGapMs = Math.max(longestGapMs, gapMs);
    if (gapMs > OUTAGE_MS) backAfterMs = atMs - faultAtMs;
  }
  return { backAfterMs, longestGapMs };
}

/** When, after the fault, the tile first said something else than "live"; undefined when it never did. */
export function saidAfterMs(tile: WatchedTile, faultAtMs: number): number | undefined {
  const said = tile.states.find(({ state, atMs }) => atMs >= faultAtMs && state !== 'live');
  return said === undefined ? undefined : said.atMs - faultAtMs;
}
