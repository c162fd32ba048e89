import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const lockName = 'lock';
const tryAgainMs = 20;
/**
 * An act is some small files. Whoever holds a lock for longer was ended in the middle of it. The server waits less for the
 * next document, says that it waits, and reads from the relay a little later that it is in force.
 */
const staleAfterMs = 10_000;
const waitMs = 20_000;

/**
 * Does something while no other process does anything in this folder: whoever reads and then writes must not have the
 * files changed in between. A file is the lock, since the folder is all that the processes have in common. Throws a
 * sentence when others hold it for too long.
 */
export async function inFolderTurn<T>(folder: string, act: () => Promise<T>): Promise<T> {
  const lock = join(folder, lockName);
  const holder = randomUUID();
  const untilMs = performance.now() + waitMs;
  while (!(await take(lock, holder))) {
    if (performance.now() > untilMs) throw new Error(`${lock} is held by another command. Try again in a moment.`);
    await takeAwayStale(lock);
    await pause(tryAgainMs);
  }
  try {
    return await act();
  } finally {
    if ((await holderOf(lock)) === holder) await rm(lock, { force: true });
  }
}

async function take(lock: string, holder: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    try {
      await file.writeFile(holder);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** By name first: of two that find the same stale lock one takes it away. */
async function takeAwayStale(lock: string): Promise<void> {
  const taken = `${lock}.${randomUUID()}`;
  try {
    if (!(await isStale(lock))) return;
    await rename(lock, taken);
    // Another one was quicker, and this is already the next holder's.
    if (!(await isStale(taken))) await link(taken, lock).catch(() => undefined);
    await rm(taken, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  // One from the future too: the clock was set back since, as on a machine whose clock is wrong when it starts.
  return Math.abs(Date.now() - (await stat(file)).mtimeMs) >= staleAfterMs;
}

async function holderOf(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(() => undefined);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
