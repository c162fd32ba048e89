import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const DAY_MS = 24 * 3600 * 1000;
/** Clips of other versions are kept so long after their last use: several checkouts may share the cache. */
const KEPT_MS = 14 * DAY_MS;
/** What an interrupted process left half made. */
const UNFINISHED_KEPT_MS = DAY_MS;

async function removeOlder(parent: string, isMeant: (name: string) => boolean, ageMs: number): Promise<void> {
  for (const name of (await readdir(parent)).filter(isMeant)) {
    const path = join(parent, name);
    try {
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > ageMs) await rm(path, { recursive: true, force: true });
    } catch {
      // Another process has just removed it.
    }
  }
}

/** Notes that a folder of clips is in use, and removes from beside it and from inside it what nobody needs any more. */
export async function markUsed(folder: string): Promise<void> {
  const now = new Date();
  await utimes(folder, now, now);
  await removeOlder(dirname(folder), (name) => /^[0-9a-f]{16}$/.test(name), KEPT_MS);
  await removeOlder(folder, (name) => name.startsWith('unfinished-'), UNFINISHED_KEPT_MS);
}
