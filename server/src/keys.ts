import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from './hasCode.ts';
import { keyBytes } from './sealBytes.ts';
import { syncFolder } from './syncFolder.ts';

/**
 * Reads a secret that is made once and kept in a file that only this user can read. Throws when the file is empty: what
 * takes the secret might fall back to a known one.
 */
export async function readOrMakeSecretFile(path: string, make: () => string): Promise<string> {
  const secret = (await readIfThere(path)) ?? (await makeFile(path, make));
  if (secret.trim() === '') {
    throw new Error(`The secret file ${path} is empty. Restore it, or remove it to have another one made.`);
  }
  return secret;
}

/** A key of 32 random bytes in the data folder, made at the first reading; what seals records is derived from it. */
export async function readMasterKey(dataDir: string, name: string): Promise<Buffer> {
  const path = join(dataDir, 'keys', `${name}.key`);
  const text = await readOrMakeSecretFile(path, () => randomBytes(keyBytes).toString('base64'));
  const master = Buffer.from(text.trim(), 'base64');
  if (master.length !== keyBytes) throw new Error(`The key ${path} is damaged. Put back the right one.`);
  return master;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** The file comes into being whole: a crash or a full disk leaves no empty one, and of two starts one makes it. */
async function makeFile(path: string, make: () => string): Promise<string> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(make());
      await file.sync();
    } finally {
      await file.close();
    }
    // Unlike a rename, this does not replace what another start has made meanwhile.
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return readFile(path, 'utf8');
}
