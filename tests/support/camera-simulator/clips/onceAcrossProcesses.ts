import { existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 100;

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

/**
 * Makes a file in the cache unless it is there. Of several processes that want it one works and the others wait; the
 * lock of a process that died is taken over.
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
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    // An empty file is a lock that is just being written.
    if (holder > 0 && !isRunning(holder)) await rm(lock, { force: true });
  }
}
