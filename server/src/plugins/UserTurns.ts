import type { IncomingHttpHeaders } from 'node:http';
import type { KnownSession } from '../sessions/Sessions.ts';
import { KeyedQueue } from '../KeyedQueue.ts';
import { sessionTokensOf } from './tokenOf.ts';

/** Few, so that what somebody else asks for finds no more than these before it at the database. */
const atOnce = 4;
/** A session's whole burst of messages may wait (MSG8). */
const mostWaiting = 400;
/** A little less than a browser waits. */
const maximumWaitMs = 8_000;
/** What takes longer waits for a host, a relay or a camera, and not for the database. */
const maximumHoldMs = 250;
const mostKnown = 10_000;

/**
 * Of each user, over all sessions, sockets and HTTP together, a few requests are under way and the others wait (MSG9):
 * who floods stands above all in the own way. What finds too many waiting is refused at once, without a look-up or a line.
 */
export class UserTurns {
  readonly #queue = new KeyedQueue({
    width: atOnce,
    maximumLength: atOnce + mostWaiting,
    maximumWaitMs,
    maximumHoldMs,
  });
  /** Users by the token of their cookie: looking up a session is work for its user too. */
  readonly #known = new Map<string, string>();

  run<T>(userId: string, task: () => Promise<T>): Promise<T> {
    return this.#queue.run(userId, task);
  }

  /** Looks up the session of these headers, in the turn of its user or, the first time, of its cookie. */
  async find(headers: IncomingHttpHeaders, lookUp: () => Promise<KnownSession | null>): Promise<KnownSession | null> {
    const [token, ...others] = sessionTokensOf(headers);
    if (token === undefined) return lookUp();
    if (others.length > 0) return this.#queue.run('several cookies', lookUp);
    // Marked, so that nobody stands in a user's way with a cookie that names them.
    const session = await this.#queue.run(this.#known.get(token) ?? `cookie ${token}`, lookUp);
    if (session === null) return null;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(token, session.actor.userId);
    return session;
  }
}
