import type { IncomingHttpHeaders } from 'node:http';
import { TokenBuckets } from '../signaling/TokenBuckets.ts';
import { tokenOf } from './tokenOf.ts';

const mostKnown = 10_000;

/**
 * What each session may still ask for, over HTTP or over sockets. One that has asked for too much is known by its cookie: it is refused
 * before its record is looked up, because that costs more than an answer, and a flood would slow down everybody.
 */
export class RequestBudget {
  readonly #buckets: TokenBuckets;
  /** Sessions that were found, by the token of their cookie. */
  readonly #known = new Map<string, string>();
  /** Sessions that have to be silent for a while. */
  readonly #silenced = new Set<string>();

  constructor(limit: { burst: number; perSecond: number }, nowMs?: () => number) {
    this.#buckets = new TokenBuckets(limit, nowMs);
  }

  /** Whether the session of this cookie is known and has to wait. */
  isSpent(headers: IncomingHttpHeaders): boolean {
    const token = tokenOf(headers);
    const sessionId = token === undefined ? undefined : this.#known.get(token);
    return sessionId !== undefined && (this.#isSilenced(sessionId) || this.#buckets.isEmpty(sessionId));
  }

  /** Counts the session as spent until it has asked for nothing for so long that its whole burst is there again. */
  silence(sessionId: string): void {
    if (this.#silenced.size >= mostKnown) this.#silenced.clear();
    this.#silenced.add(sessionId);
  }

  /** Takes so many requests; false when there were fewer. `headers`: those that led to the session. */
  take(sessionId: string, headers: IncomingHttpHeaders, requests = 1): boolean {
    const token = tokenOf(headers);
    if (token !== undefined) {
      if (this.#known.size >= mostKnown) this.#known.clear();
      this.#known.set(token, sessionId);
    }
    return !this.#isSilenced(sessionId) && this.#buckets.take(sessionId, requests);
  }

  #isSilenced(sessionId: string): boolean {
    if (!this.#silenced.has(sessionId)) return false;
    if (!this.#buckets.isFull(sessionId)) return true;
    this.#silenced.delete(sessionId);
    return false;
  }
}
