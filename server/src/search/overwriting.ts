import type { Overwriting, SearchWindow } from '@commonsight/types/search';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/**
 * When the window's recording goes: the first of it at the earliest, the last of it at the latest. A recorder keeps for its
 * retention from the moment that it stamps, by its own clock or by that of its network; which, nobody knows. So what is
 * said to be there is there by both, and what is said to be gone is gone by both.
 */
export function overwritingMomentsOf(
  { retentionDays, clockOffsetSeconds }: { retentionDays: number; clockOffsetSeconds: number },
  window: SearchWindow,
): { firstGoneMs: number; lastGoneMs: number } {
  const offsetMs = clockOffsetSeconds * 1_000;
  const retentionMs = retentionDays * dayMs;
  return {
    firstGoneMs: Date.parse(window.from) + retentionMs + Math.min(0, offsetMs),
    lastGoneMs: Date.parse(window.to) + retentionMs + Math.max(0, offsetMs),
  };
}

/** What has become of the window's recording by now. */
export function overwritingOf(
  kept: { retentionDays: number; clockOffsetSeconds: number },
  window: SearchWindow,
  now: Date,
): Overwriting {
  const { firstGoneMs, lastGoneMs } = overwritingMomentsOf(kept, window);
  const hoursTo = (ms: number) => Math.floor((ms - now.getTime()) / hourMs);
  if (now.getTime() < firstGoneMs) return { state: 'kept', hoursLeft: hoursTo(firstGoneMs) };
  if (now.getTime() < lastGoneMs) return { state: 'partly', hoursLeft: hoursTo(lastGoneMs) };
  return { state: 'overwritten' };
}
