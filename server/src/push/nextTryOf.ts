import type { PushOutcome } from './postPush.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** What follows one try after the other; the last one is not followed by another. */
const pausesMs = [
  2 * secondMs,
  10 * secondMs,
  30 * secondMs,
  2 * minuteMs,
  10 * minuteMs,
  30 * minuteMs,
  60 * minuteMs,
];
/** A push service may ask for another pause, up to this. */
const longestPauseMs = 2 * 60 * minuteMs;

/** A try that did not bring a message to its push service. */
export type FailedTry = Extract<PushOutcome, { state: 'later' | 'refused' }>;

/** In how many milliseconds a message of which so much time is left is tried again; null when it is given up. */
export function nextTryOf(outcome: FailedTry, tries: number, leftMs: number): number | null {
  switch (outcome.state) {
    case 'refused':
      return null;
    case 'later': {
      const pauseMs = pausesMs[tries - 1];
      if (pauseMs === undefined) return null;
      const askedMs = outcome.retryAfterMs === null ? pauseMs : Math.max(secondMs, outcome.retryAfterMs);
      const nextMs = Math.min(longestPauseMs, askedMs);
      return nextMs < leftMs ? nextMs : null;
    }
    default:
      return outcome satisfies never;
  }
}
