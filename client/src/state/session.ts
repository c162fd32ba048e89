import { routes } from '@commonsight/types/http/routes';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { OwnSession } from '@commonsight/types/session';
import type { Me } from '@commonsight/types/user';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { cookieSettled } from '../api/cookieChanges.ts';

type SessionEnd = NotificationOf<'session:ended'>;

export type SignedOutReason = SessionEnd['reason'];

/** The supervisor who has ended the session, and why. */
export interface EndedBy {
  name: string;
  note: string;
}

/** Who is signed in here. `unreachable`: it could not be asked, which is not the same as signed out. */
export type SessionState =
  | { state: 'unknown' }
  | { state: 'signedIn'; me: Me }
  | { state: 'signedOut'; reason: SignedOutReason | null; endedBy?: EndedBy }
  | { state: 'unreachable'; message: string };

export function createSessionStore() {
  return createStore<SessionState>()(() => ({ state: 'unknown' }));
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The session itself, or null when nobody is signed in. */
export function ownSession(state: SessionState): OwnSession | null {
  return state.state === 'signedIn' ? state.me.session : null;
}

export function isLocked(state: SessionState): boolean {
  return ownSession(state)?.state === 'locked';
}

/** An act of the session has answered what it is now. */
export function setOwnSession(store: SessionStore, session: OwnSession): void {
  const state = store.getState();
  if (state.state === 'signedIn') store.setState({ ...state, me: { ...state.me, session } }, true);
}

/** The server has ended the session. */
export function sessionEnded(store: SessionStore, { reason, by, note }: SessionEnd): void {
  const endedBy = by === null || note === null ? {} : { endedBy: { name: by.name, note } };
  store.setState({ state: 'signedOut', reason, ...endedBy }, true);
}

/** Asks the server who is signed in and keeps the answer. */
export async function readSession(store: SessionStore): Promise<SessionState> {
  let result = await call(routes.me);
  if (store.getState().state === 'signedIn' && result.state === 'failed' && result.error.code === 'notSignedIn') {
    // It may have been asked with the cookie that an unlock was just replacing.
    await cookieSettled();
    result = await call(routes.me);
  }
  if (result.state === 'ok') {
    store.setState({ state: 'signedIn', me: result.value }, true);
  } else if (
    result.state === 'failed' &&
    (result.error.code === 'notSignedIn' || result.error.code === 'notPermitted')
  ) {
    const before = store.getState();
    // Who was told why is not told less by asking again.
    if (before.state === 'signedOut') return before;
    store.setState({ state: 'signedOut', reason: before.state === 'signedIn' ? 'expired' : null }, true);
  } else if (result.state === 'failed' && store.getState().state !== 'signedIn') {
    store.setState({ state: 'unreachable', message: result.error.message }, true);
  }
  return store.getState();
}
