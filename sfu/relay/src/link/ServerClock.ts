const keptTrips = 12;

interface Trip {
  readonly roundTripMs: number;
  /** Server time minus ours, in milliseconds. */
  readonly offsetMs: number;
}

/**
 * What the server's clock shows, by the best of the last round trips: the shorter one was, the less can be wrong. Our
 * side is counted by `performance.now()`, which nobody sets.
 */
export class ServerClock {
  #trips: Trip[] = [];

  /** A question was sent at `askedAtMs`, answered with the server's time, and the answer was there at `answeredAtMs`. */
  noteTrip(askedAtMs: number, serverTimeMs: number, answeredAtMs: number): void {
    const roundTripMs = answeredAtMs - askedAtMs;
    if (roundTripMs < 0) return;
    // What lies between belongs half to each way, as far as anybody knows.
    const offsetMs = serverTimeMs - (askedAtMs + roundTripMs / 2);
    this.#trips = [...this.#trips.slice(1 - keptTrips), { roundTripMs, offsetMs }];
  }

  /** Another server, or the same after a restart of its machine, has another clock. */
  forget(): void {
    this.#trips = [];
  }

  /** The server's time for a moment of `performance.now()`; undefined before the first answer. */
  toServerTimeMs(atMs: number): number | undefined {
    let best: Trip | undefined;
    for (const trip of this.#trips) if (best === undefined || trip.roundTripMs < best.roundTripMs) best = trip;
    return best === undefined ? undefined : atMs + best.offsetMs;
  }
}
