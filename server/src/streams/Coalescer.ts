interface Entry<T> {
  /** When something was told last, by a clock that does not step. */
  toldAtMs: number;
  /** What waits for its turn. */
  waiting: { value: T; timer: NodeJS.Timeout } | null;
}

/** Tells each key's values at most once a period: the first at once, then the latest. The last is never lost. */
export class Coalescer<T> {
  readonly #periodMs: number;
  readonly #tell: (value: T) => void;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(options: { periodMs: number; tell: (value: T) => void }) {
    this.#periodMs = options.periodMs;
    this.#tell = options.tell;
  }

  tell(key: string, value: T): void {
    const entry = this.#entries.get(key) ?? { toldAtMs: -Infinity, waiting: null };
    this.#entries.set(key, entry);
    if (entry.waiting !== null) {
      entry.waiting.value = value;
      return;
    }
    const dueInMs = entry.toldAtMs + this.#periodMs - performance.now();
    if (dueInMs > 0) entry.waiting = { value, timer: setTimeout(() => this.#tellWaiting(entry), dueInMs) };
    else this.#tellNow(entry, value);
  }

  /** Drops what waits. Idempotent. */
  close(): void {
    for (const { waiting } of this.#entries.values()) if (waiting !== null) clearTimeout(waiting.timer);
    this.#entries.clear();
  }

  #tellWaiting(entry: Entry<T>): void {
    if (entry.waiting !== null) this.#tellNow(entry, entry.waiting.value);
  }

  #tellNow(entry: Entry<T>, value: T): void {
    entry.waiting = null;
    entry.toldAtMs = performance.now();
    this.#tell(value);
  }
}
