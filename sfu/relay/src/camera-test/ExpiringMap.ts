import { randomUUID } from 'node:crypto';

/** Values under random keys, each for a while. When there are too many the oldest goes. */
export class ExpiringMap<T> {
  readonly #lifeMs: number;
  readonly #most: number;
  readonly #values = new Map<string, { readonly value: T; readonly untilMs: number }>();

  constructor({ lifeMs, most }: { lifeMs: number; most: number }) {
    this.#lifeMs = lifeMs;
    this.#most = most;
  }

  /** Gives the key. Whoever knows it may have the value. */
  add(value: T, nowMs = performance.now()): string {
    for (const [key, { untilMs }] of this.#values) if (untilMs <= nowMs) this.#values.delete(key);
    const [oldest] = this.#values.keys();
    if (oldest !== undefined && this.#values.size >= this.#most) this.#values.delete(oldest);
    const key = randomUUID();
    this.#values.set(key, { value, untilMs: nowMs + this.#lifeMs });
    return key;
  }

  get(key: string, nowMs = performance.now()): T | undefined {
    const kept = this.#values.get(key);
    return kept === undefined || kept.untilMs <= nowMs ? undefined : kept.value;
  }

  remove(key: string): void {
    this.#values.delete(key);
  }
}
