import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

/** 256 random bits, as the HMAC has. */
const keyBytes = 32;

const pathOf = (folder: string) => join(folder, 'alert-webhook.key');

/** What local triggers sign with, undefined when none was made. Throws a sentence for a file that holds none. */
export async function readWebhookKey(folder: string): Promise<string | undefined> {
  const path = pathOf(folder);
  const key = (await readPrivateFile(path))?.trim();
  // An empty one, or a part of one, could be guessed.
  if (key === undefined || /^[0-9a-f]{64}$/.test(key)) return key;
  throw new Error(`${path} holds no key for local triggers. Remove the file and run relay alert key.`);
}

/** Makes the key. Throws a sentence when there is one already. */
export async function makeWebhookKey(folder: string): Promise<string> {
  if ((await readWebhookKey(folder)) !== undefined) {
    throw new Error(`There is a key already: ${pathOf(folder)}. Remove the file to make another one.`);
  }
  const key = randomBytes(keyBytes).toString('hex');
  await writePrivateFile(pathOf(folder), `${key}\n`);
  return key;
}
