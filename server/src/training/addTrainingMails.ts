import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainingMailsPath } from '@commonsight/types/training-city';
import type { Config } from '../config.ts';
import type { App } from '../plugins/App.ts';
import { writeMailPage } from './writeMailPage.ts';

/** The newest ones: who tries the training city looks for the mail of a moment ago. */
const mostShown = 100;

/**
 * Shows the mails that a training city wrote as files, newest first, to whoever asks: a registrant, an owner or a recipient of
 * a footage request has no account. Anywhere else there is no such page, because the links in mails open what they lead to.
 */
export function addTrainingMails(app: App, config: Pick<Config, 'isTrainingCity' | 'mail' | 'dataDir'>): void {
  if (!config.isTrainingCity || config.mail !== undefined) return;
  const folder = join(config.dataDir, 'mails');
  app.get(trainingMailsPath, async (_, reply) => {
    const names: string[] = await readdir(folder).catch(() => []);
    // Their names begin with the moment.
    const newest = names
      .filter((name) => name.endsWith('.txt'))
      .toSorted()
      .toReversed()
      .slice(0, mostShown);
    const mails = await Promise.all(newest.map((name) => readFile(join(folder, name), 'utf8')));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(writeMailPage(mails));
  });
}
