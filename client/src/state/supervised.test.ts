import { expect, test } from 'vitest';
import type { Message } from '@commonsight/types/message';
import type { ConnectionChange } from '../signaling/SignalingClient.ts';
import { FakeSignaling, settle } from '../testing/fakeSignaling.ts';
import { aSupervisedSession as session } from '../testing/records.ts';
import { createMessagesStore, followMessages } from './messages.ts';
import { createSessionBoardStore, followSessionBoard } from './sessionBoard.ts';

class Signaling extends FakeSignaling {
  readonly #listeners = new Set<(change: ConnectionChange) => void>();

  onConnectionChange(listener: (change: ConnectionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect(): void {
    for (const tell of this.#listeners) tell({ state: 'connected', isAgain: true });
  }
}

const message = (id: string, sentAt: string): Message => ({
  id,
  by: { id: 'sam', name: 'Sam Okafor', role: 'supervisor' },
  to: { id: 'ana', name: 'Ana Ruiz', role: 'analyst' },
  text: 'Call me',
  sentAt,
  acknowledgedAt: null,
});
const [early, late] = [message('early', '2026-01-05T10:00:00.000Z'), message('late', '2026-01-05T10:05:00.000Z')];

test('the board keeps what was told while it was read, and forgets sessions that have ended', async () => {
  const answers = [[session({ id: 'a' }), session({ id: 'b' })], [session({ id: 'b' })]];
  const signaling = new Signaling({
    'session:supervise': () => ({ ok: true, value: { sessions: answers.shift() ?? [] } }),
  });
  const store = createSessionBoardStore();
  const stop = followSessionBoard(store, signaling);
  signaling.tell('sessionBoard:changed', { changed: [session({ id: 'c' })], endedIds: ['a'] });
  await settle();
  expect([store.getState().isLoaded, ...store.getState().byId.keys()]).toEqual([true, 'b', 'c']);
  signaling.connect();
  await settle();
  expect([...store.getState().byId.keys()]).toEqual(['b']);
  stop();
  signaling.tell('sessionBoard:changed', { changed: [session({ id: 'd' })], endedIds: [] });
  expect([...store.getState().byId.keys()]).toEqual(['b']);
});

test('MES2 messages that waited are read at each connection, and go when they are acknowledged anywhere', async () => {
  const signaling = new Signaling({});
  const store = createMessagesStore();
  let waiting = [late];
  followMessages(store, signaling, async () => ({ state: 'ok', value: { messages: waiting } }));
  const ids = () => store.getState().waiting.map(({ id }) => id);
  signaling.connect();
  signaling.tell('message:sent', { message: early });
  await settle();
  expect(ids()).toEqual(['early', 'late']);
  signaling.tell('message:sent', { message: early });
  signaling.tell('message:acknowledged', { messageId: 'late' });
  expect(ids()).toEqual(['early']);
  waiting = [];
  signaling.connect();
  await settle();
  expect(ids()).toEqual([]);
});
