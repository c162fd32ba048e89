import type { RouteBody } from '@commonsight/types/http/route';
import type { sessionRoutes } from '@commonsight/types/http/session-routes';
import type { OwnSession } from '@commonsight/types/session';
import type { CallResult } from '../api/CallResult.ts';
import { ownSession, setOwnSession, type SessionStore } from './session.ts';

/** What unlocks a session, each alone. */
export type UnlockProof = RouteBody<(typeof sessionRoutes)['unlockSession']>;

/** What the lock asks of the server. */
export interface SessionActs {
  reportActivity: () => Promise<CallResult<OwnSession>>;
  lock: () => Promise<CallResult<OwnSession>>;
  unlock: (proof: UnlockProof) => Promise<CallResult<OwnSession>>;
  /** Reads the session into the store. */
  read: () => Promise<unknown>;
}

/** The way to the browser's other windows, which share the session. */
export interface SessionChannel {
  post: (session: OwnSession) => void;
  onSession: (listener: (session: OwnSession) => void) => void;
  close: () => void;
}

export interface SessionLockParts {
  session: SessionStore;
  acts: SessionActs;
  channel: SessionChannel;
  /** The server's time in epoch milliseconds. */
  nowMs: () => number;
}

export const warnBeforeLockMs = 60_000;
const reportAtMostEveryMs = 60_000;
/** The server locks by its own clock; it is asked when it should have. */
const askAfterLockMs = 1_000;
/** Longer waits overflow a timer's 31 bits. */
const longestTimerMs = 2_000_000_000;

/**
 * Keeps this window in step with the lock of its session: reports that somebody is there, knows when it would lock, locks
 * and unlocks. The server decides; a window never locks or unlocks by itself.
 */
export class SessionLock {
  readonly #parts: SessionLockParts;
  #reportedAtMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: () => void = () => {};

  private constructor(parts: SessionLockParts) {
    this.#parts = parts;
  }

  static create(parts: SessionLockParts): SessionLock {
    const lock = new SessionLock(parts);
    parts.channel.onSession((session) => lock.#handleOther(session));
    lock.#stop = parts.session.subscribe((now, before) => {
      if (ownSession(now)?.locksAt !== ownSession(before)?.locksAt) lock.#planToAsk();
    });
    return lock;
  }

  /** Somebody has used this window. Told to the server at most once a minute, for all windows together. */
  async noteActivity(): Promise<void> {
    const { session, acts, nowMs } = this.#parts;
    const own = ownSession(session.getState());
    if (own === null || own.state !== 'active' || own.locksAt === null) return;
    if (nowMs() - this.#reportedAtMs < reportAtMostEveryMs) return;
    this.#reportedAtMs = nowMs();
    const result = await acts.reportActivity();
    if (result.state === 'ok') this.#take(result.value);
    else if (result.state === 'failed' && result.error.code === 'sessionLocked') await acts.read();
    // What could not be told is told with the next movement.
    else this.#reportedAtMs = Number.NEGATIVE_INFINITY;
  }

  async lock(): Promise<CallResult<OwnSession>> {
    const result = await this.#parts.acts.lock();
    if (result.state === 'ok') this.#take(result.value);
    return result;
  }

  async unlock(proof: UnlockProof): Promise<CallResult<OwnSession>> {
    const result = await this.#parts.acts.unlock(proof);
    if (result.state === 'ok') this.#take(result.value);
    return result;
  }

  /** The server says that it has locked the session. */
  handleLocked(): void {
    const own = ownSession(this.#parts.session.getState());
    if (own !== null) setOwnSession(this.#parts.session, { ...own, state: 'locked', locksAt: null });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#parts.channel.close();
  }

  #take(session: OwnSession): void {
    setOwnSession(this.#parts.session, session);
    this.#parts.channel.post(session);
  }

  /** Another window has an answer of the server that this one has not asked for. */
  #handleOther(session: OwnSession): void {
    const own = ownSession(this.#parts.session.getState());
    if (own === null || own.id !== session.id) return;
    this.#reportedAtMs = this.#parts.nowMs();
    setOwnSession(this.#parts.session, session);
  }

  /** Shortly before it locks, and when it should have: another browser window may have been used, or sleep may be over. */
  #planToAsk(): void {
    clearTimeout(this.#timer);
    const locksAt = ownSession(this.#parts.session.getState())?.locksAt ?? null;
    if (locksAt === null) return;
    const leftMs = Date.parse(locksAt) - this.#parts.nowMs();
    const waitMs = leftMs > warnBeforeLockMs ? leftMs - warnBeforeLockMs : leftMs + askAfterLockMs;
    this.#timer = setTimeout(() => void this.#ask(), Math.min(Math.max(waitMs, askAfterLockMs), longestTimerMs));
  }

  async #ask(): Promise<void> {
    const before = ownSession(this.#parts.session.getState())?.locksAt;
    await this.#parts.acts.read();
    // The same moment again brings no change of the store, and the plan has to go on.
    if (ownSession(this.#parts.session.getState())?.locksAt === before) this.#planToAsk();
  }
}
