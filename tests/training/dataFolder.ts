import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileLock, takeFileLock } from '@commonsight/worker/fileLock';
import { SetupError } from '../setup/SetupError.ts';

/** Makes the folder if need be, tries whether it can be written, and holds it against a second instance. */
export async function claimDataFolder(folder: string): Promise<FileLock> {
  try {
    await makeFolder(folder);
    const trial = join(folder, `.trial-${process.pid}`);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(
      `The data folder ${folder} cannot be written (${reason}). Set COMMONSIGHT_DATA_DIR to another.`,
      {
        cause: error,
      },
    );
  }
  const lock = await takeFileLock(join(folder, '.lock'), 'fail');
  if (!lock) {
    throw new SetupError(
      `Another Commonsight is running on the data folder ${folder}. Stop it, or set COMMONSIGHT_DATA_DIR to another folder.`,
    );
  }
  return lock;
}

/** Node's own recursive mkdir never returns where a parent is there and the folder still cannot be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: 0o700 });
  }
}
