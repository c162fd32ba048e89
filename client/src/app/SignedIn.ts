import { routes } from '@commonsight/types/http/routes';
import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { call } from '../api/call.ts';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import { dropJustifications } from '../grant/keptJustifications.ts';
import { createSessionStore, isLocked, ownSession, readSession, sessionEnded } from '../state/session.ts';
import { openSessionChannel } from '../state/sessionChannel.ts';
import { SessionLock } from '../state/SessionLock.ts';
import type { Workspace } from '../state/Workspace.ts';

/** Who is signed in in this window, and the workspace that belongs to it. A workspace lives as long as its session. */
export class SignedIn {
  readonly session = createSessionStore();
  readonly lock = SessionLock.create({
    session: this.session,
    channel: openSessionChannel(),
    nowMs: () => this.#workspace?.clock.nowMs() ?? Date.now(),
    acts: {
      reportActivity: () => call(sessionRoutes.reportActivity),
      lock: () => call(sessionRoutes.lockSession),
      unlock: (body) => call(sessionRoutes.unlockSession, { body }),
      read: () => this.#checkSession(),
    },
  });
  #workspace: Workspace | null = null;
  #opening: Promise<Workspace | null> | null = null;

  private constructor() {
    this.session.subscribe((now, before) => {
      // What somebody has written for their own eyes goes with their session, also where it ended while no page was open.
      if (now.state === 'signedIn' || now.state === 'signedOut') {
        dropJustifications(sessionStorage, ownSession(now)?.id ?? null);
      }
      if (isLocked(now) !== isLocked(before)) this.#workspace?.setLocked(isLocked(now));
      const [own, known] = [ownSession(now), ownSession(before)];
      // A wall display may do less than its supervisor: everything that was drawn for the one is wrong for the other.
      if (own?.id === known?.id && own?.deviceClass !== known?.deviceClass) window.location.reload();
    });
  }

  static create(): SignedIn {
    return new SignedIn();
  }

  /** The workspace, made on first need; null without an active session. Early askers share one opening. */
  workspace(): Promise<Workspace | null> {
    if (this.#workspace !== null) return Promise.resolve(this.#workspace);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async signOut(): Promise<void> {
    await call(sessionRoutes.signOut);
    this.#end({ reason: 'signedOut', by: null, note: null });
  }

  /** The server ended the session; pages see it in the session store. */
  #end(end: NotificationOf<'session:ended'>): void {
    this.#workspace?.close();
    this.#workspace = null;
    sessionEnded(this.session, end);
  }

  async #open(): Promise<Workspace | null> {
    // The sign-in page needs neither media nor signaling; who is signed in loads them meanwhile.
    const parts = Promise.all([import('../state/Workspace.ts'), import('../signaling/connect.ts')]);
    const [session, config] = await Promise.all([readSession(this.session), call(routes.clientConfig)]);
    // A session that still needs something gets no workspace: every request of it would be refused.
    if (session.state !== 'signedIn' || session.me.session.state !== 'active') return null;
    const [{ Workspace }, { connect }] = await parts;
    const workspace = Workspace.create({
      me: session.me,
      config: config.state === 'ok' ? config.value : { mapboxToken: null, isTraining: false },
      signaling: connect(),
      onDoubt: () => void this.#checkSession(),
      onSessionEnded: (end) => this.#end(end),
      onSessionLocked: () => this.lock.handleLocked(),
    });
    this.#workspace = workspace;
    return workspace;
  }

  /** A refused connection may mean that the session is over; only the server's own word for it counts. */
  async #checkSession(): Promise<void> {
    const session = await readSession(this.session);
    if (session.state !== 'signedOut') return;
    this.#workspace?.close();
    this.#workspace = null;
  }
}
