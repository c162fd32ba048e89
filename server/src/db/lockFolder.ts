import { readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import lockfile from 'proper-lockfile';
import { z } from 'zod';

const staleMs = 10_000;
const updateMs = 2_000;

const holderSchema = z.object({ pid: z.int(), startedAt: z.string(), host: z.string() });

type Holder = z.infer<typeof holderSchema>;

export interface FolderLock {
  release(): Promise<void>;
}

/** The data folder belongs to another server that runs. */
export class FolderInUseError extends Error {
  override name = 'FolderInUseError';
}

/**
 * Takes the folder for this process. A lock is a folder beside it whose time its holder renews; who died without
 * releasing is recognised at once by the holder's record (pid and the process's start, because pids come again), and
 * on another host by the lock's age.
 */
export async function lockFolder(folder: string, onLost: (error: Error) => void): Promise<FolderLock> {
  const lockPath = `${folder}.lock`;
  const holderPath = `${folder}.holder`;
  const take = () =>
    lockfile.lock(folder, { lockfilePath: lockPath, stale: staleMs, update: updateMs, onCompromised: onLost });

  let unlock: () => Promise<void>;
  try {
    unlock = await take();
  } catch (error) {
    if (!isLockedError(error)) throw error;
    const holder = await readHolder(holderPath);
    if (holder === null || !(await hasDied(holder))) throw inUse(folder, holder, error);
    // Makes the lock old instead of removing it, so that the library's own handling of stale locks decides the race
    // between two servers that start at once.
    await utimes(lockPath, 0, 0).catch(() => undefined);
    unlock = await take().catch((retryError: unknown) => {
      throw isLockedError(retryError) ? inUse(folder, null, retryError) : retryError;
    });
  }
  const self: Holder = { pid: process.pid, startedAt: (await processStart(process.pid)) ?? '', host: hostname() };
  await writeFile(holderPath, JSON.stringify(self), { mode: 0o600 });

  let isReleased = false;
  return {
    release: async () => {
      if (isReleased) return;
      isReleased = true;
      await unlock();
    },
  };
}

function inUse(folder: string, holder: Holder | null, cause: unknown): FolderInUseError {
  const who = holder === null ? '' : ` (pid ${holder.pid})`;
  return new FolderInUseError(`The data folder ${folder} is in use by another Commonsight server${who}.`, { cause });
}

function isLockedError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOCKED';
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Only of this host is anything known; a holder elsewhere counts as alive until its lock is old. */
async function hasDied(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return false;
  const startedAt = await processStart(holder.pid);
  return startedAt === null || startedAt !== holder.startedAt;
}

/** When a process started, in the kernel's ticks since boot (field 22 of its `stat`), or null when there is none. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command's name is in brackets and may hold spaces and brackets itself: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
