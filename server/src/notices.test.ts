import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';
import { Notices } from './notices.ts';

const notice = { agencyId: 'a', userId: 'u' };

test('every handler hears a notice, and one that fails disturbs no other', async () => {
  const notices = new Notices(createLogger('silent'));
  const heard: string[] = [];
  notices.on('userDisabled', () => Promise.reject(new Error('late')));
  notices.on('userDisabled', () => {
    throw new Error('at once');
  });
  notices.on('userDisabled', async ({ userId }) => void heard.push(userId));
  await notices.tell('userDisabled', notice);
  expect(heard).toEqual(['u']);
});

test('who has unsubscribed hears nothing', async () => {
  const notices = new Notices(createLogger('silent'));
  const heard: string[] = [];
  const stop = notices.on('userDisabled', ({ userId }) => void heard.push(userId));
  stop();
  await notices.tell('userDisabled', notice);
  expect(heard).toEqual([]);
});
