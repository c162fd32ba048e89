import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Message } from '@commonsight/types/message';
import { createStore } from 'zustand/vanilla';
import { call } from '../api/call.ts';
import { listenWhile } from '../signaling/listenWhile.ts';
import type { SignalingClient } from '../signaling/SignalingClient.ts';

/** What supervisors have told this user and nobody has acknowledged yet, oldest first. */
export interface MessagesState {
  waiting: readonly Message[];
}

export function createMessagesStore() {
  return createStore<MessagesState>()(() => ({ waiting: [] }));
}

export type MessagesStore = ReturnType<typeof createMessagesStore>;

function messageSent(store: MessagesStore, message: Message): void {
  const others = store.getState().waiting.filter(({ id }) => id !== message.id);
  store.setState({ waiting: [...others, message].toSorted((a, b) => a.sentAt.localeCompare(b.sentAt)) });
}

export function messageAcknowledged(store: MessagesStore, id: Id): void {
  store.setState({ waiting: store.getState().waiting.filter((message) => message.id !== id) });
}

/** Reads what has waited, at each connection, and follows what comes. Returns the function that stops it. */
export function followMessages(
  store: MessagesStore,
  signaling: Pick<SignalingClient, 'on' | 'onConnectionChange'>,
  readWaiting = () => call(routes.listMessages),
): () => void {
  const names = ['message:sent', 'message:acknowledged'] as const;
  const read = async (): Promise<void> => {
    const { result, told } = await listenWhile(signaling, names, readWaiting);
    if (result.state !== 'ok') return;
    store.setState({ waiting: result.value.messages });
    for (const one of told) {
      if (one.name === 'message:sent') messageSent(store, one.payload.message);
      else messageAcknowledged(store, one.payload.messageId);
    }
  };
  const stops = [
    signaling.on('message:sent', ({ message }) => messageSent(store, message)),
    signaling.on('message:acknowledged', ({ messageId }) => messageAcknowledged(store, messageId)),
    signaling.onConnectionChange(({ state }) => (state === 'connected' ? void read() : undefined)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
