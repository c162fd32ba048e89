/** Longer than this nothing is believed: the clock's anchor is of another time. */
const longestDelayMs = 20_000;
/** The server's clock is known to some milliseconds only, so that a short delay can come out below zero. */
const clockErrorMs = 30;
const windowMs = 5_000;
const publishEveryMs = 1_000;
/** The first number comes sooner, because a tile without one looks unfinished. */
const publishFirstAfterMs = 300;

interface Sample {
  atMs: number;
  delayMs: number;
}

function median(sorted: readonly number[]): number | null {
  return percentile(sorted, 0.5);
}

/** Of numbers that are sorted, the one that stands at the given share of the way. */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

/**
 * The delay of one tile's picture. It is measured some times a second; a person reads one quiet number, the median of
 * each second, smoothed over the last ones.
 */
export class DelayMeter {
  #samples: Sample[] = [];
  #second: number[] = [];
  #secondStartedAtMs: number | null = null;
  #delayMs: number | null = null;

  /** In whole milliseconds; null until it was measured for a moment. */
  get delayMs(): number | null {
    return this.#delayMs === null ? null : Math.round(this.#delayMs);
  }

  add(delayMs: number, atMs: number): void {
    if (delayMs < -clockErrorMs || delayMs > longestDelayMs) return;
    const sample = Math.max(0, delayMs);
    this.#samples.push({ atMs, delayMs: sample });
    this.#second.push(sample);
    this.#secondStartedAtMs ??= atMs;
    const publishAfterMs = this.#delayMs === null ? publishFirstAfterMs : publishEveryMs;
    if (atMs - this.#secondStartedAtMs >= publishAfterMs) this.#publish(atMs);
  }

  /** The samples of the last seconds. */
  recent(nowMs: number): number[] {
    this.#forget(nowMs);
    return this.#samples.map((sample) => sample.delayMs);
  }

  reset(): void {
    this.#samples = [];
    this.#second = [];
    this.#secondStartedAtMs = null;
    this.#delayMs = null;
  }

  #publish(nowMs: number): void {
    const middle = median(this.#second.toSorted((a, b) => a - b));
    this.#second = [];
    this.#secondStartedAtMs = nowMs;
    this.#forget(nowMs);
    if (middle === null) return;
    this.#delayMs = this.#delayMs === null ? middle : this.#delayMs * 0.4 + middle * 0.6;
  }

  #forget(nowMs: number): void {
    this.#samples = this.#samples.filter((sample) => nowMs - sample.atMs <= windowMs);
  }
}
