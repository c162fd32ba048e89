import { existsSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 100;
/** Longer than any clip takes: the lock's process number belongs to somebody else by then. */
const LONGEST_WORK_MS = 15 * 60_000;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function takeLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const holder = Number(await readFile(lock, 'utf8'));
    const { mtimeMs } = await stat(lock);
    // An empty file is a lock that is just being written.
    return (holder > 0 && !isRunning(holder)) || Date.now() - mtimeMs > LONGEST_WORK_MS;
  } catch {
    // It was given back in this moment.
    return false;
  }
}

/**
 * Makes a file in the cache unless it is there. Of several processes that want it one works and the others wait; the
 * lock of a process that died is taken over. `make` must put the file there in one step: should two take over the same
 * lock at once, both make it, and nothing worse happens.
 */
export async function onceAcrossProcesses(file: string, make: () => Promise<void>): Promise<void> {
  const lock = `${file}.lock`;
  while (!existsSync(file)) {
    if (await takeLock(lock)) {
      try {
        if (!existsSync(file)) await make();
      } finally {
        await rm(lock, { force: true });
      }
      return;
    }
    await wait(POLL_MS);
    if (await isAbandoned(lock)) await rm(lock, { force: true });
  }
}
