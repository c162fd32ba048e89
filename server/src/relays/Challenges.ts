import { randomBytes } from 'node:crypto';
import { CodedError } from '../errors.ts';
import type { Redis } from '../redis.ts';
import { withTimeLimit } from '../signaling/withTimeLimit.ts';

const nonceLifeSeconds = 30;
const answerTimeoutMs = 2_000;
const prefix = 'relay-nonce:';

/** Fresh nonces for relays to sign; each works once (ENR3). They are kept in Redis, because losing them costs nothing. */
export class Challenges {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** A nonce for a relay, whether it exists or not: the answer gives no hint. */
  async make(relayId: string): Promise<string> {
    const nonce = randomBytes(32).toString('base64url');
    await this.#ask(() =>
      this.#redis.set(prefix + nonce, relayId, { expiration: { type: 'EX', value: nonceLifeSeconds } }),
    );
    return nonce;
  }

  /** Whether the nonce was made for this relay and is used for the first time. Uses it up. */
  async use(nonce: string, relayId: string): Promise<boolean> {
    return (await this.#ask(() => this.#redis.getDel(prefix + nonce))) === relayId;
  }

  async #ask<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await withTimeLimit(command(), answerTimeoutMs, () => new Error('Redis is silent.'));
    } catch (error) {
      throw new CodedError('timedOut', 'The server cannot make challenges now. Try again.', { cause: error });
    }
  }
}
