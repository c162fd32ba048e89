import { TokenBucket } from './TokenBucket.ts';

const firstSweepSize = 1_000;

/** One bucket for each key, such as a session or an address. Those that are full again are forgotten. */
export class TokenBuckets {
  readonly #limit: { burst: number; perSecond: number };
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, TokenBucket>();
  #sweepSize = firstSweepSize;

  constructor(limit: { burst: number; perSecond: number }, nowMs: () => number = Date.now) {
    this.#limit = limit;
    this.#nowMs = nowMs;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Whether the key had as many tokens to take. */
  take(key: string, tokens = 1): boolean {
    return this.of(key).take(this.#nowMs(), tokens);
  }

  /** Whether the key has to wait. */
  isEmpty(key: string): boolean {
    return this.#buckets.get(key)?.isEmpty(this.#nowMs()) ?? false;
  }

  /** Whether the key has asked for nothing, or for nothing for so long that nothing is left of it. */
  isFull(key: string): boolean {
    return this.#buckets.get(key)?.isFull(this.#nowMs()) ?? true;
  }

  /** The key's bucket; it is forgotten when it is full, so do not keep it for longer than one use. */
  of(key: string): TokenBucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    if (this.#buckets.size >= this.#sweepSize) this.#sweep();
    const bucket = new TokenBucket(this.#limit, this.#nowMs());
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #sweep(): void {
    const nowMs = this.#nowMs();
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(nowMs)) this.#buckets.delete(key);
    this.#sweepSize = Math.max(firstSweepSize, this.#buckets.size * 2);
  }
}
