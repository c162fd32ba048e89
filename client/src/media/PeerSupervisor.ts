import type { Id } from '@commonsight/types/ids';
import { backOffMs } from './backOff.ts';
import { type MediaSignaling, PeerSession } from './PeerSession.ts';

export interface PeerListener {
  /** A new peer is there; what ran on the one before has to be opened again. */
  onOpened: () => void;
  /** The peer outlived a broken connection; of its viewings these still run. */
  onResumed: (viewingIds: readonly Id[]) => void;
}

export type PeerSessionFactory = typeof PeerSession.create;

const firstRetryMs = 250;
const longestRetryMs = 3_000;
/** The old peer's pictures stay until the new one's are there, but no longer than this. */
const retireAfterMs = 6_000;

/** Owns this window's peer and is the only one that opens it again, with back-off, for as long as it is wanted. */
export class PeerSupervisor {
  readonly #signaling: MediaSignaling;
  readonly #listener: PeerListener;
  readonly #createSession: PeerSessionFactory;
  readonly #retiring = new Map<PeerSession, ReturnType<typeof setTimeout>>();
  #session: PeerSession | null = null;
  /** The session's own transport failed or the server said that it is gone: there is nothing to take up. */
  #isSessionLost = false;
  #isWanted = false;
  #isOpening = false;
  #isClosed = false;
  #tries = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    signaling: MediaSignaling,
    listener: PeerListener,
    createSession: PeerSessionFactory = PeerSession.create.bind(PeerSession),
  ) {
    this.#signaling = signaling;
    this.#listener = listener;
    this.#createSession = createSession;
  }

  /** The peer that consumers can be made on; null while there is none. */
  get session(): PeerSession | null {
    return this.#isSessionLost ? null : this.#session;
  }

  /** From now on a peer is kept open. */
  want(): void {
    this.#isWanted = true;
    if (this.session === null) void this.#open();
  }

  /** The connection to the server is there again: takes the peer up, or opens a new one. */
  handleConnected(): void {
    if (!this.#isWanted) return;
    this.#tries = 0;
    clearTimeout(this.#retryTimer);
    void this.#open();
  }

  handlePeerClosed(peerId: Id): void {
    if (this.#session?.peerId !== peerId) return;
    this.#loseSession();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retryTimer);
    this.#session?.close();
    this.#session = null;
    for (const session of this.#retiring.keys()) this.#endRetirement(session);
  }

  #loseSession(): void {
    this.#isSessionLost = true;
    if (this.#isWanted) void this.#open();
  }

  async #open(): Promise<void> {
    if (this.#isOpening || this.#isClosed || !this.#signaling.isConnected) return;
    this.#isOpening = true;
    clearTimeout(this.#retryTimer);
    const isOpen = await this.#tryToOpen();
    this.#isOpening = false;
    if (this.#isClosed) return;
    if (isOpen) this.#tries = 0;
    else this.#retry();
  }

  async #tryToOpen(): Promise<boolean> {
    const before = this.session;
    const resume = before === null ? null : { peerId: before.peerId, secret: before.secret };
    const answer = await this.#signaling.request('peer:open', { resume });
    if (!answer.ok || this.#isClosed) return false;
    if (answer.value.isResumed && before !== null && !this.#isSessionLost) {
      this.#listener.onResumed(answer.value.viewingIds);
      return true;
    }
    const session: PeerSession | null = await this.#createSession(this.#signaling, answer.value, () => {
      if (this.#session === session) this.#loseSession();
    });
    if (session === null) return false;
    if (this.#isClosed) {
      session.close();
      return false;
    }
    this.#retire(this.#session);
    this.#session = session;
    this.#isSessionLost = false;
    this.#listener.onOpened();
    return true;
  }

  #retry(): void {
    this.#tries += 1;
    this.#retryTimer = setTimeout(() => void this.#open(), backOffMs(this.#tries, firstRetryMs, longestRetryMs));
  }

  #retire(session: PeerSession | null): void {
    if (session === null) return;
    this.#retiring.set(
      session,
      setTimeout(() => this.#endRetirement(session), retireAfterMs),
    );
  }

  #endRetirement(session: PeerSession): void {
    clearTimeout(this.#retiring.get(session));
    this.#retiring.delete(session);
    session.close();
  }
}
