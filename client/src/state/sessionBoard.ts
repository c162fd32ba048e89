import type { Id } from '@commonsight/types/ids';
import type { SupervisedSession } from '@commonsight/types/session-board';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import { createStore } from 'zustand/vanilla';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** The agency's sessions, for a supervisor. */
export interface SessionBoardState {
  isLoaded: boolean;
  byId: ReadonlyMap<Id, SupervisedSession>;
}

export function createSessionBoardStore() {
  return createStore<SessionBoardState>()(() => ({ isLoaded: false, byId: new Map() }));
}

export type SessionBoardStore = ReturnType<typeof createSessionBoardStore>;

function boardChanged(store: SessionBoardStore, { changed, endedIds }: NotificationOf<'sessionBoard:changed'>): void {
  const byId = new Map(store.getState().byId);
  for (const session of changed) byId.set(session.id, session);
  for (const id of endedIds) byId.delete(id);
  store.setState({ byId });
}

/** Keeps the board up to date, also after a lost connection. Returns the function that stops it. */
export function followSessionBoard(
  store: SessionBoardStore,
  signaling: Pick<SignalingClient, 'on' | 'request' | 'onConnectionChange'>,
): () => void {
  const read = async (): Promise<void> => {
    const { result, told } = await listenWhile(signaling, ['sessionBoard:changed'], () =>
      signaling.request('session:supervise', {}),
    );
    if (!result.ok) return;
    store.setState({ isLoaded: true, byId: new Map(result.value.sessions.map((session) => [session.id, session])) });
    for (const { payload } of told) boardChanged(store, payload);
  };
  const stops = [
    signaling.on('sessionBoard:changed', (change) => boardChanged(store, change)),
    signaling.onConnectionChange(({ state }) => (state === 'connected' ? void read() : undefined)),
  ];
  void read();
  return () => {
    for (const stop of stops) stop();
  };
}
