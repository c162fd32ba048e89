import { sessionRoutes } from '@commonsight/types/http/session-routes';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { call } from '../api/call.ts';
import { aMe, anOwnSession } from '../testing/records.ts';
import { createSessionStore, readSession } from './session.ts';

const id = '0192f0c1-0000-7000-8000-000000000001';
const session = anOwnSession({ id });
const me = aMe({ user: { ...aMe().user, id }, agency: { ...aMe().agency, id }, session });

/** A server whose unlocking takes until it is let through; meanwhile the old cookie is worth nothing. */
let letThrough: () => void;
let isSignedIn: boolean;
let asked: string[];
beforeEach(() => {
  asked = [];
  isSignedIn = false;
  const unlocking = new Promise<void>((resolve) => {
    letThrough = () => {
      isSignedIn = true;
      resolve();
    };
  });
  vi.stubGlobal('fetch', async (path: string): Promise<Response> => {
    asked.push(path);
    if (path === sessionRoutes.unlockSession.path) {
      await unlocking;
      return Response.json(session);
    }
    if (isSignedIn) return Response.json(me);
    return Response.json({ error: { code: 'notSignedIn', message: 'Sign in.' } }, { status: 401 });
  });
});
afterEach(() => vi.unstubAllGlobals());

function signedIn() {
  const store = createSessionStore();
  store.setState({ state: 'signedIn', me }, true);
  return store;
}

test('who is asked with the cookie that an unlock is replacing is asked again, and stays signed in', async () => {
  const store = signedIn();
  const unlocked = call(sessionRoutes.unlockSession, { body: { factor: 'password', password: 'right' } });
  const read = readSession(store);
  await vi.waitFor(() => expect(asked).toContain('/api/me'));
  letThrough();
  expect(await unlocked).toMatchObject({ state: 'ok' });
  expect(await read).toEqual({ state: 'signedIn', me });
  expect(asked.filter((path) => path === '/api/me')).toHaveLength(2);
});

test('a session that is over is over at the second word of the server', async () => {
  const store = signedIn();
  expect(await readSession(store)).toEqual({ state: 'signedOut', reason: 'expired' });
  expect(asked).toEqual(['/api/me', '/api/me']);
});

test('who was not signed in is asked once', async () => {
  expect(await readSession(createSessionStore())).toEqual({ state: 'signedOut', reason: null });
  expect(asked).toEqual(['/api/me']);
});
