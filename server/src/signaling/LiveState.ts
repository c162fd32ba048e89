import { withTimeLimit } from './withTimeLimit.ts';

const commandTimeoutMs = 500;
/** After a command without an answer, nobody waits for another one for so long. */
const avoidMs = 2_000;

/** What the live side needs of a Redis client. */
export interface RedisPort {
  readonly isReady: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options?: { expiration: { type: 'EX'; value: number } }): Promise<unknown>;
  del(key: string): Promise<unknown>;
  hSet(key: string, field: string, value: string): Promise<unknown>;
  hDel(key: string, field: string): Promise<unknown>;
  hGetAll(key: string): Promise<Record<string, string>>;
  expire(key: string, seconds: number): Promise<unknown>;
  on(name: 'ready', listener: () => void): unknown;
  off(name: 'ready', listener: () => void): unknown;
}

/**
 * Session state in Redis as the live side uses it: a help that may be away, slow or emptied at any time. Every
 * operation ends within half a second, and tells by its answer and never by an error that Redis was of no help.
 */
export class LiveState {
  readonly #redis: RedisPort;
  readonly #onReady: () => void;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  #generation = 0;
  #avoidedUntilMs = 0;

  constructor(redis: RedisPort) {
    this.#redis = redis;
    this.#onReady = () => {
      this.#generation += 1;
      for (const listener of this.#listeners) listener();
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
    };
    redis.on('ready', this.#onReady);
  }

  /**
   * Grows with every connection made: a Redis that was away may have come back with what it held a minute ago, so that
   * copies which were trusted before have to be checked again.
   */
  get generation(): number {
    return this.#generation;
  }

  /** Resolves when Redis answers, or when the time is over. For a server that starts before its Redis is connected. */
  async untilReady(limitMs: number): Promise<void> {
    if (this.#redis.isReady) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
      this.#waiting.add(resolve);
    });
    clearTimeout(timer);
  }

  /** Hears of every connection made, so that what belongs into Redis can be written again. */
  onReturned(listener: () => void): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#redis.off('ready', this.#onReady);
    this.#listeners.clear();
  }

  /** Null when there is nothing, and when Redis is away. */
  async read(key: string): Promise<string | null> {
    return (await this.#attempt(() => this.#redis.get(key))) ?? null;
  }

  /** Whether it was written. */
  write(key: string, value: string, expiry: { seconds: number }): Promise<boolean> {
    return this.#succeeds(() => this.#redis.set(key, value, { expiration: { type: 'EX', value: expiry.seconds } }));
  }

  remove(key: string): Promise<boolean> {
    return this.#succeeds(() => this.#redis.del(key));
  }

  writeField(key: string, field: string, value: string, expiry: { seconds: number }): Promise<boolean> {
    return this.#succeeds(async () => {
      await this.#redis.hSet(key, field, value);
      return this.#redis.expire(key, expiry.seconds);
    });
  }

  removeField(key: string, field: string): Promise<boolean> {
    return this.#succeeds(() => this.#redis.hDel(key, field));
  }

  /** Null when Redis is away. */
  async readFields(key: string): Promise<Record<string, string> | null> {
    return (await this.#attempt(() => this.#redis.hGetAll(key))) ?? null;
  }

  async #succeeds(command: () => Promise<unknown>): Promise<boolean> {
    return (await this.#attempt(async () => ({ result: await command() }))) !== undefined;
  }

  /** The client itself reports that Redis is away, once for each outage. */
  async #attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    if (performance.now() < this.#avoidedUntilMs) return undefined;
    try {
      return await withTimeLimit(command(), commandTimeoutMs, () => {
        this.#avoidedUntilMs = performance.now() + avoidMs;
        return new Error('Redis did not answer in time.');
      });
    } catch {
      return undefined;
    }
  }
}
