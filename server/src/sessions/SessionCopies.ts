import { z } from 'zod';
import type { Logger } from '../logger.ts';
import type { Redis } from '../redis.ts';
import { withTimeLimit } from '../signaling/withTimeLimit.ts';

/** A Redis that hangs must not keep anybody from signing in. */
const answerTimeoutMs = 300;
const prefix = 'session:';
const copySchema = z.object({ session: z.object({ token: z.unknown() }) });

/**
 * better-auth's second storage: copies of sessions in Redis, so that a request does not read session and user from the
 * database twice. The record decides (`Sessions`): an empty Redis costs a query, a stale or forged copy opens nothing,
 * and without Redis everything goes on.
 */
export class SessionCopies {
  readonly #redis: Redis;
  readonly #logger: Logger;

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  async get(key: string): Promise<string | null> {
    if (isVerification(key)) return null;
    const value = await this.#attempt(() => this.#redis.get(prefix + key), null);
    return value === null || isOfAnotherSession(value, key) ? null : value;
  }

  async set(key: string, value: string, ttlSeconds?: number): Promise<void> {
    if (isVerification(key)) return;
    const expiration = ttlSeconds === undefined ? {} : { expiration: { type: 'EX' as const, value: ttlSeconds } };
    await this.#attempt(() => this.#redis.set(prefix + key, value, expiration), null);
  }

  async delete(key: string): Promise<void> {
    await this.#attempt(() => this.#redis.del(prefix + key), 0);
  }

  async getAndDelete(key: string): Promise<string | null> {
    return isVerification(key) ? null : this.#attempt(() => this.#redis.getDel(prefix + key), null);
  }

  /** Asked for by the interface, for rate counters; those are kept in memory (`createAuth`). */
  async increment(): Promise<number> {
    throw new Error('Rate counters are not kept in Redis.');
  }

  async #attempt<T>(command: () => Promise<T>, otherwise: T): Promise<T> {
    if (!this.#redis.isReady) return otherwise;
    try {
      return await withTimeLimit(command(), answerTimeoutMs, () => new Error('Redis is silent.'));
    } catch (error) {
      this.#logger.debug({ err: error }, 'A session copy could not be reached.');
      return otherwise;
    }
  }
}

/** One-time values, such as who owes a second factor, are records alone: nobody who can write to Redis makes one up. */
function isVerification(key: string): boolean {
  return key.startsWith('verification:');
}

/**
 * Whether the value is a copy of a session, and of another one than the key says. A cookie proves its token; whoever
 * can write to Redis must not lead that token to somebody else's session.
 */
function isOfAnotherSession(value: string, key: string): boolean {
  const copy = copySchema.safeParse(parseJson(value));
  return copy.success && copy.data.session.token !== key;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
