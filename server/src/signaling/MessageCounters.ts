/** Why a message of a browser was not served. */
export type Dropped = 'unknownName' | 'noAcknowledgement' | 'wrongForm' | 'tooMany' | 'tooLarge' | 'cutOff';

/** Counts what was not served, and says so once a period instead of once a message. */
export class MessageCounters {
  readonly #counts: Record<Dropped, number> = {
    unknownName: 0,
    noAcknowledgement: 0,
    wrongForm: 0,
    tooMany: 0,
    tooLarge: 0,
    cutOff: 0,
  };
  #hasChanged = false;

  count(dropped: Dropped): void {
    this.#counts[dropped] += 1;
    this.#hasChanged = true;
  }

  get counts(): Readonly<Record<Dropped, number>> {
    return this.#counts;
  }

  /** The counts, when they have changed since this was last asked. */
  takeReport(): Readonly<Record<Dropped, number>> | null {
    if (!this.#hasChanged) return null;
    this.#hasChanged = false;
    return { ...this.#counts };
  }
}
