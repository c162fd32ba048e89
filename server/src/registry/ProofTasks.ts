import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Proof, ProofTask } from '@commonsight/types/registration';
import { CodedError } from '../errors.ts';
import type { Redis } from '../redis.ts';
import { withTimeLimit } from '../signaling/withTimeLimit.ts';
import type { RegistryKeys } from './RegistryKeys.ts';

/** About 65,000 hashes: a second or two in a browser, and for a thousand requests half an hour. */
const difficultyBits = 16;
const lifeMs = 10 * 60_000;
const answerTimeoutMs = 2_000;
const prefix = 'registry-proof:';

/**
 * Work for whoever makes this server send mails, checked without a third party and without a record of who was given
 * what: a task is signed, and only used ones are remembered until they end.
 */
export class ProofTasks {
  readonly #keys: RegistryKeys;
  readonly #redis: Redis;

  constructor(parts: { keys: RegistryKeys; redis: Redis }) {
    this.#keys = parts.keys;
    this.#redis = parts.redis;
  }

  make(now = Date.now()): ProofTask {
    const expiresAtMs = now + lifeMs;
    const text = `${randomBytes(16).toString('base64url')}.${expiresAtMs}.${difficultyBits}`;
    return {
      token: `${text}.${this.#keys.signTask(text).toString('base64url')}`,
      difficultyBits,
      expiresAt: new Date(expiresAtMs).toISOString(),
    };
  }

  /** Uses a solved task up; `proofNotAccepted` when it is not ours, too old, not solved or used before. */
  async use({ token, solution }: Proof, now = Date.now()): Promise<void> {
    const [nonce = '', expiry = '', bits = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#keys.signTask(`${nonce}.${expiry}.${bits}`);
    const isOurs = rest.length === 0 && given.length === right.length && timingSafeEqual(given, right);
    const leftMs = Number(expiry) - now;
    if (!isOurs || leftMs <= 0 || leadingZeroBits(`${token}.${solution}`) < Number(bits)) {
      throw new CodedError('proofNotAccepted');
    }
    if (!(await this.#isFirstUse(nonce, leftMs))) throw new CodedError('proofNotAccepted');
  }

  async #isFirstUse(nonce: string, leftMs: number): Promise<boolean> {
    const expiration = { type: 'PX' as const, value: Math.ceil(leftMs) };
    try {
      const command = this.#redis.set(prefix + nonce, '1', { condition: 'NX', expiration });
      return (await withTimeLimit(command, answerTimeoutMs, () => new Error('Redis is silent.'))) !== null;
    } catch (error) {
      throw new CodedError('timedOut', 'The server cannot check this now. Try again.', { cause: error });
    }
  }
}

function leadingZeroBits(text: string): number {
  let bits = 0;
  for (const byte of createHash('sha256').update(text).digest()) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}
