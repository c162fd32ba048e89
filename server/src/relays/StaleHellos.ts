/** Of how many relays and addresses a period keeps the names; the rest is counted together. */
const maximumNamed = 20;

/** Hellos of one period whose nonce was not fresh. */
interface StaleReport {
  since: string;
  /** How many for each relay that was named, as they claim. */
  byRelay: ReadonlyMap<string, number>;
  /** How many named yet another relay. */
  others: number;
  sourceAddresses: readonly string[];
}

/**
 * Counts hellos without a fresh nonce. Anybody can send those as often as they like, so that they are written down
 * once a period and not one by one.
 */
export class StaleHellos {
  #since: Date | null = null;
  #byRelay = new Map<string, number>();
  #others = 0;
  #addresses = new Set<string>();

  count(relayId: string, sourceAddress: string | null, now: Date = new Date()): void {
    this.#since ??= now;
    const known = this.#byRelay.get(relayId);
    if (known !== undefined || this.#byRelay.size < maximumNamed) this.#byRelay.set(relayId, (known ?? 0) + 1);
    else this.#others += 1;
    if (sourceAddress !== null && this.#addresses.size < maximumNamed) this.#addresses.add(sourceAddress);
  }

  /** What was counted since this was last asked, or null for nothing. */
  take(): StaleReport | null {
    if (this.#since === null) return null;
    const report = {
      since: this.#since.toISOString(),
      byRelay: this.#byRelay,
      others: this.#others,
      sourceAddresses: [...this.#addresses],
    };
    this.#since = null;
    this.#byRelay = new Map();
    this.#others = 0;
    this.#addresses = new Set();
    return report;
  }
}
