import { afterEach, expect, test, vi } from 'vitest';
import { createNoteDrafts } from '../incident/noteDrafts.ts';
import { keptJustifications } from '../grant/keptJustifications.ts';
import { sessionEnded } from '../state/session.ts';
import { createStorage } from '../testing/createStorage.ts';
import { aMe, anOwnSession } from '../testing/records.ts';
import { SignedIn } from './SignedIn.ts';

afterEach(() => vi.unstubAllGlobals());

/** A window in whose storage a session has left a justification that is not sent. */
function openWindow() {
  const { store, texts } = createStorage();
  vi.stubGlobal('sessionStorage', store);
  createNoteDrafts(keptJustifications(store, 'session-1')).write('grant-1', 'A child was missing');
  const { session } = SignedIn.create();
  const signIn = (id: string) =>
    session.setState({ state: 'signedIn', me: { ...aMe(), session: anOwnSession({ id }) } }, true);
  return { session, texts, signIn };
}

test('a justification that is not sent stays for its session, and goes with its end', () => {
  const { session, texts, signIn } = openWindow();
  session.setState({ state: 'unreachable', message: 'The server does not answer.' }, true);
  signIn('session-1');
  expect([...texts.values()]).toEqual(['A child was missing']);
  sessionEnded(session, { reason: 'signedOut', by: null, note: null });
  expect(texts.size).toBe(0);
});

test('it is gone when the session ended while no page was open, whoever signs in next', () => {
  const first = openWindow();
  first.session.setState({ state: 'signedOut', reason: null }, true);
  expect(first.texts.size).toBe(0);
  const second = openWindow();
  second.signIn('session-2');
  expect(second.texts.size).toBe(0);
});
