import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../training/prepare.ts';
import { startStack } from '../training/startStack.ts';
import { cityFileVariable } from './city.ts';

/** Starts a training city on free ports for all stories and ends it after the last one. */
export default async function startTrainingCity(): Promise<() => Promise<void>> {
  const progress = (line: string): void => console.error(line);
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-stories-'));
  const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
  const stack = await startStack({ folder, clientFolder, progress });
  const file = join(folder, 'city.json');
  const { url, wallUrl, users, training } = stack;
  const city = {
    url,
    wallUrl,
    users,
    cameras: training.cameras,
    relayFolder: join(folder, 'data', 'relay'),
    mailFolder: join(folder, 'data', 'server', 'mails'),
  };
  await writeFile(file, JSON.stringify(city), { mode: 0o600 });
  process.env[cityFileVariable] = file;
  return async () => {
    await stack.close();
    await rm(folder, { recursive: true, force: true });
  };
}
