import { expect, test } from 'vitest';
import { createNoteDrafts } from './noteDrafts.ts';

const ok = async () => ({ state: 'ok' }) as const;
const failed = async () => ({ state: 'failed', error: { message: 'The server does not answer.' } }) as const;

test('a note that was taken leaves an empty line', async () => {
  const drafts = createNoteDrafts();
  drafts.write('a', 'Two people, heading north ');
  let sent = '';
  await drafts.send('a', async (text) => {
    sent = text;
    expect(drafts.read('a').state).toBe('sending');
    return { state: 'ok' };
  });
  expect(sent).toBe('Two people, heading north');
  expect(drafts.read('a')).toEqual({ state: 'writing', text: '' });
  expect(drafts.store.getState().size).toBe(0);
});

test('a note that was not taken is not lost, and goes when it is sent again', async () => {
  const drafts = createNoteDrafts();
  drafts.write('a', 'Red backpack');
  await drafts.send('a', failed);
  expect(drafts.read('a')).toEqual({ state: 'failed', text: 'Red backpack', message: 'The server does not answer.' });
  await drafts.send('a', ok);
  expect(drafts.read('a').text).toBe('');
});

test('each incident has its own', () => {
  const drafts = createNoteDrafts();
  drafts.write('a', 'one');
  drafts.write('b', 'two');
  expect([drafts.read('a').text, drafts.read('b').text]).toEqual(['one', 'two']);
});

test('nothing empty is sent, and nothing twice', async () => {
  const drafts = createNoteDrafts();
  let count = 0;
  const send = async () => {
    count += 1;
    return { state: 'ok' } as const;
  };
  drafts.write('a', '   ');
  await drafts.send('a', send);
  expect(count).toBe(0);
  drafts.write('a', 'once');
  await Promise.all([drafts.send('a', send), drafts.send('a', send)]);
  expect(count).toBe(1);
});

test('what is under way cannot be changed meanwhile', async () => {
  const drafts = createNoteDrafts();
  drafts.write('a', 'first');
  await drafts.send('a', async () => {
    drafts.write('a', 'second');
    return { state: 'aborted' };
  });
  expect(drafts.read('a')).toEqual({ state: 'writing', text: 'first' });
});
