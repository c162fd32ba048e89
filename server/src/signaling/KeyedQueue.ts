import { CodedError } from '../errors.ts';

interface KeyedQueueLimits {
  /** Of one key, the running one included; one more throws `tooManyRequests`. */
  maximumLength?: number;
  /** A task that has waited so long is not begun, because nobody waits for it any more: `timedOut`. */
  maximumWaitMs?: number;
}

/** Runs tasks of the same key one after another and tasks of different keys side by side. */
export class KeyedQueue {
  readonly #tails = new Map<string, { length: number; last: Promise<void> }>();
  readonly #limits: Required<KeyedQueueLimits>;

  constructor(limits: KeyedQueueLimits = {}) {
    this.#limits = { maximumLength: Infinity, maximumWaitMs: Infinity, ...limits };
  }

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const tail = this.#tails.get(key) ?? { length: 0, last: Promise.resolve() };
    if (tail.length >= this.#limits.maximumLength) throw new CodedError('tooManyRequests');
    const queuedAtMs = performance.now();
    const result = tail.last.then(() => {
      if (performance.now() - queuedAtMs > this.#limits.maximumWaitMs) throw new CodedError('timedOut');
      return task();
    });
    tail.length += 1;
    // A failed task fails its own caller and nobody behind it.
    tail.last = result.then(noResult, noResult).finally(() => {
      tail.length -= 1;
      if (tail.length === 0) this.#tails.delete(key);
    });
    this.#tails.set(key, tail);
    return result;
  }
}

function noResult(): void {}
