import type { Answer } from '@commonsight/types/answer';

/** What the clock needs of the signaling client. */
interface ClockSource {
  request(name: 'clock:read', payload: Record<string, never>): Promise<Answer<{ serverTimeMs: number }>>;
}

interface Reading {
  offsetMs: number;
  roundTripMs: number;
}

const readingsKept = 8;

/** This machine's time in epoch milliseconds from the monotonic clock, which no clock adjustment moves. */
export function localNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * The server's time as this window knows it. Of the last round trips the quickest is believed: the less time a message
 * was under way, the less can be wrong about when the server read its clock.
 */
export class ServerClock {
  readonly #source: ClockSource;
  readonly #nowMs: () => number;
  #readings: Reading[] = [];
  /** Counts how often the readings were forgotten. */
  #era = 0;
  #eraOfReadings = 0;

  private constructor(source: ClockSource, nowMs: () => number) {
    this.#source = source;
    this.#nowMs = nowMs;
  }

  static create(source: ClockSource, nowMs: () => number = localNowMs): ServerClock {
    return new ServerClock(source, nowMs);
  }

  /** Server time minus local time in milliseconds; 0 until the first reading. */
  get offsetMs(): number {
    return this.#best()?.offsetMs ?? 0;
  }

  /** How much the offset can be wrong: half the quickest round trip; null before the first reading. */
  get uncertaintyMs(): number | null {
    const best = this.#best();
    return best === null ? null : best.roundTripMs / 2;
  }

  nowMs(): number {
    return this.#nowMs() + this.offsetMs;
  }

  /**
   * What was read so far counts no more once there is a new reading: this machine may have slept, and its monotonic
   * clock with it. Until then the old offset is the best guess.
   */
  forget(): void {
    this.#era += 1;
  }

  /** Takes some readings one after another. Failed ones count for nothing. */
  async synchronise(count = 5): Promise<void> {
    const era = this.#era;
    for (let i = 0; i < count; i += 1) {
      const sentAtMs = this.#nowMs();
      // One after another on purpose: a round trip that waits behind another one is a slow one.
      const answer = await this.#source.request('clock:read', {});
      if (!answer.ok || era !== this.#era) return;
      const roundTripMs = this.#nowMs() - sentAtMs;
      const offsetMs = answer.value.serverTimeMs - (sentAtMs + roundTripMs / 2);
      const kept = this.#eraOfReadings === era ? this.#readings : [];
      this.#eraOfReadings = era;
      this.#readings = [...kept, { offsetMs, roundTripMs }].slice(-readingsKept);
    }
  }

  #best(): Reading | null {
    return this.#readings.toSorted((a, b) => a.roundTripMs - b.roundTripMs)[0] ?? null;
  }
}
