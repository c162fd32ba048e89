import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buildWorker } from './buildWorker.ts';
import { takeFileLock } from './fileLock.ts';
import { assertWorkerAnswers, canStart } from './checkWorker.ts';
import { downloadWorker } from './downloadWorker.ts';
import { cachedWorkerPath, installedMediasoup } from './recipe.ts';

export interface EnsureWorkerOptions {
  /** Gets one line for a person at a time. */
  progress: (line: string) => void;
  /** Called only when the worker must be built, before the build: the place to install `buildPackages`. */
  beforeBuild?: () => Promise<void>;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/**
 * Sees to it that the cache holds a worker that runs here, and returns its path: the cached one, else mediasoup's
 * prebuilt one, else one built from the npm package. Appears in the cache whole or not at all.
 */
export async function ensureWorker(options: EnsureWorkerOptions): Promise<string> {
  const { env = process.env } = options;
  const given = env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    await assertWorkerAnswers(given);
    return given;
  }
  const path = cachedWorkerPath(env);
  if (canStart(path)) return path;
  const lock = await takeFileLock(`${dirname(path)}.lock`, () =>
    options.progress('Another process is getting the mediasoup worker. Waiting for it.'),
  );
  try {
    // The one that held the lock before may have done the work.
    if (!canStart(path)) await fillCache(path, env, options);
    return path;
  } finally {
    await lock.release();
  }
}

async function fillCache(path: string, env: NodeJS.ProcessEnv, options: EnsureWorkerOptions): Promise<void> {
  const folder = dirname(path);
  const unfinished = `${basename(folder)}.unfinished-`;
  await mkdir(dirname(folder), { recursive: true });
  // Whoever holds the lock is alone, so what carries the name of unfinished work was left by one that was killed.
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(unfinished)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
  const workshop = join(dirname(folder), `${unfinished}${process.pid}`);
  try {
    const made = (await prebuilt(workshop, env, options)) ?? (await built(workshop, options));
    const parcel = join(workshop, 'parcel');
    await mkdir(parcel, { recursive: true });
    await rename(made, join(parcel, basename(path)));
    await rm(folder, { recursive: true, force: true });
    await rename(parcel, folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function prebuilt(
  workshop: string,
  env: NodeJS.ProcessEnv,
  { progress, signal }: EnsureWorkerOptions,
): Promise<string | undefined> {
  const { version } = installedMediasoup();
  progress(`Looking for the prebuilt worker of mediasoup ${version}.`);
  const download = await downloadWorker(join(workshop, 'prebuilt'), version, env, signal);
  if ('missing' in download) {
    progress(`No prebuilt worker: ${download.missing}.`);
    return undefined;
  }
  if (!existsSync(download.path) || !canStart(download.path)) {
    progress('The prebuilt worker does not start on this machine.');
    return undefined;
  }
  await assertWorkerAnswers(download.path);
  progress('Got the prebuilt mediasoup worker.');
  return download.path;
}

async function built(workshop: string, { progress, beforeBuild, signal }: EnsureWorkerOptions): Promise<string> {
  await beforeBuild?.();
  progress('Building the mediasoup worker from its sources. This takes three to five minutes on two cores, once.');
  const folder = join(workshop, 'built');
  await mkdir(folder, { recursive: true });
  const path = await buildWorker(folder, progress, signal);
  await assertWorkerAnswers(path);
  progress('The mediasoup worker is built and answers.');
  return path;
}
