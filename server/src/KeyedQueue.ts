import { CodedError } from './errors.ts';

interface KeyedQueueLimits {
  /** Tasks of one key side by side; 1 when not said. */
  width?: number;
  /** Of one key, the running ones included; one more throws `tooManyRequests`. */
  maximumLength?: number;
  /** A task that has waited so long is not begun, because nobody waits for it any more: `timedOut`. */
  maximumWaitMs?: number;
  /** A task that takes longer goes on, and the next one is let in beside it. */
  maximumHoldMs?: number;
}

interface Lane {
  running: number;
  waiting: (() => void)[];
}

/** Runs tasks of the same key one after another, or a few at a time, and tasks of different keys side by side. */
export class KeyedQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #limits: Required<KeyedQueueLimits>;

  constructor(limits: KeyedQueueLimits = {}) {
    const none = { maximumLength: Infinity, maximumWaitMs: Infinity, maximumHoldMs: Infinity };
    this.#limits = { width: 1, ...none, ...limits };
  }

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const { width, maximumLength, maximumWaitMs, maximumHoldMs } = this.#limits;
    const lane = this.#lanes.get(key) ?? { running: 0, waiting: [] };
    if (lane.running + lane.waiting.length >= maximumLength) throw new CodedError('tooManyRequests');
    this.#lanes.set(key, lane);
    const queuedAtMs = performance.now();
    if (lane.running < width) lane.running += 1;
    else await new Promise<void>((resolve) => lane.waiting.push(resolve));

    let hasLeft = false;
    const leave = () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#letNextIn(key, lane);
    };
    const timer = maximumHoldMs === Infinity ? undefined : setTimeout(leave, maximumHoldMs);
    try {
      if (performance.now() - queuedAtMs > maximumWaitMs) throw new CodedError('timedOut');
      return await task();
    } finally {
      clearTimeout(timer);
      leave();
    }
  }

  /** The place is handed on, or given up. */
  #letNextIn(key: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next !== undefined) return next();
    lane.running -= 1;
    if (lane.running === 0) this.#lanes.delete(key);
  }
}
