import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file for its owner alone, as a whole or not at all. It is on the disk, under its name, when this resolves: a
 * loss of power after that does not take it away.
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  // A name of its own, so that two processes do not write into each other's.
  const part = `${file}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new Error(`${file} cannot be written.`, { cause: error });
  }
}

/** The names in a folder are on the disk. Windows cannot open one, and needs not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
