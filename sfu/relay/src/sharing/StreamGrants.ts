import type { SignedGrant } from '@commonsight/types/relay/signed-grant';
import { type GrantRules, verifyGrant } from './verifyGrant.ts';

/** Timers count to 2^31 ms at most; a grant may be longer. */
const longestTimerMs = 3_600_000;

/**
 * The grants that one stream lives by. It checks each by itself, and when the last one has ended by the relay's own
 * clock it says so, also when no server is there to say it (STR3, STR4).
 */
export class StreamGrants {
  readonly #rules: GrantRules;
  readonly #onEnded: () => void;
  #endsAtMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(rules: GrantRules, onEnded: () => void) {
    this.#rules = rules;
    this.#onEnded = onEnded;
  }

  /** Forgets the grants before. False when none of these holds: then those before go on, and nothing is told. */
  replace(grants: readonly SignedGrant[]): boolean {
    const nowMs = Date.now();
    const ends = grants.flatMap((grant) => {
      const claims = verifyGrant(grant, this.#rules, nowMs);
      return claims === undefined ? [] : [Date.parse(claims.endsAt)];
    });
    if (ends.length === 0) return false;
    clearTimeout(this.#timer);
    this.#endsAtMs = Math.max(...ends);
    this.#wait();
    return true;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#endsAtMs = undefined;
  }

  #wait(): void {
    if (this.#endsAtMs === undefined) return;
    const leftMs = this.#endsAtMs - Date.now();
    if (leftMs <= 0) {
      this.#endsAtMs = undefined;
      this.#onEnded();
      return;
    }
    this.#timer = setTimeout(() => this.#wait(), Math.min(leftMs, longestTimerMs));
  }
}
