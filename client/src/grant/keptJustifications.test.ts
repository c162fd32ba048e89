import { expect, test } from 'vitest';
import { createNoteDrafts } from '../incident/noteDrafts.ts';
import { createStorage } from '../testing/createStorage.ts';
import { dropJustifications, keptJustifications } from './keptJustifications.ts';

const ok = async () => ({ state: 'ok' }) as const;
const failed = async () => ({ state: 'failed', error: { message: 'The server does not answer.' } }) as const;

function openWindow() {
  const { texts, store } = createStorage();
  /** The drafts of a page that is opened now. */
  const open = (sessionId: string) => createNoteDrafts(keptJustifications(store, sessionId));
  return { texts, store, open };
}

test('a draft is there again after a reload, until it is sent or taken back', async () => {
  const { texts, open } = openWindow();
  open('session-1').write('grant-1', 'A child was ');
  const page = open('session-1');
  expect(page.read('grant-1')).toEqual({ state: 'writing', text: 'A child was ' });
  page.write('grant-2', 'x');
  page.write('grant-2', '');
  await page.send('grant-1', failed);
  expect(open('session-1').read('grant-1').text).toBe('A child was ');
  await page.send('grant-1', ok);
  expect(open('session-1').store.getState().size).toBe(0);
  expect(texts.size).toBe(0);
});

test('a draft is its session’s alone, and goes with it', async () => {
  const { texts, store, open } = openWindow();
  texts.set('commonsight.panels', 'kept');
  const page = open('session-1');
  page.write('grant-1', 'A child was missing');
  expect(open('session-2').store.getState().size).toBe(0);
  dropJustifications(store, 'session-1');
  expect(open('session-1').read('grant-1').text).toBe('A child was missing');
  dropJustifications(store, 'session-2');
  expect([...texts.keys()]).toEqual(['commonsight.panels']);
  page.write('grant-1', 'A child was missing');
  dropJustifications(store, null);
  expect([...texts.keys()]).toEqual(['commonsight.panels']);
  // The answer that refuses what was under way when the session ended brings nothing back.
  await page.send('grant-1', failed);
  expect([...texts.keys()]).toEqual(['commonsight.panels']);
});

test('a browser that keeps nothing is no error', () => {
  const refuse = (): never => {
    throw new Error('The quota is used up.');
  };
  const store = { length: 1, key: refuse, getItem: refuse, setItem: refuse, removeItem: refuse };
  const drafts = createNoteDrafts(keptJustifications(store, 'session-1'));
  drafts.write('grant-1', 'A child was missing');
  expect(drafts.read('grant-1').text).toBe('A child was missing');
  dropJustifications(store, null);
});
