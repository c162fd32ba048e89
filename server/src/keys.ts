import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Reads a secret that is made once and kept in a file that only this user can read. */
export async function readOrMakeSecretFile(path: string, make: () => string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    // `wx` fails when the file exists, so that two starts cannot both make one.
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(make());
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFile(path, 'utf8');
}
