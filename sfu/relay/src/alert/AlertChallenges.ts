import { randomBytes } from 'node:crypto';

const lifeMs = 60_000;
/** Those who ask and never order cannot fill the relay's memory; the oldest give way. */
const mostKept = 32;

/** What orders have to carry: each is good for one order and a minute of the monotonic clock. */
export class AlertChallenges {
  readonly #expiries = new Map<string, number>();

  make(nowMs: number): string {
    for (const [challenge, expiresAtMs] of this.#expiries) {
      if (expiresAtMs > nowMs && this.#expiries.size < mostKept) break;
      this.#expiries.delete(challenge);
    }
    const challenge = randomBytes(16).toString('base64url');
    this.#expiries.set(challenge, nowMs + lifeMs);
    return challenge;
  }

  /** Whether it was given out, is in time and was not used; it is used now. */
  take(challenge: string, nowMs: number): boolean {
    const expiresAtMs = this.#expiries.get(challenge);
    this.#expiries.delete(challenge);
    return expiresAtMs !== undefined && expiresAtMs > nowMs;
  }
}
