import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrMakeSecretFile } from '../keys.ts';

const keyBytes = 32;

/** Without letters and digits that people take for each other. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const signsShown = 8;

/**
 * Names for users that mean something at one site only: the owner knows the same person again, and two owners cannot
 * tell whether they speak of the same one. Each site's key is a file beside the database, so that the database alone
 * tells nobody who is who.
 */
export class Pseudonyms {
  readonly #folder: string;
  readonly #keys = new Map<string, Promise<Buffer>>();

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'keys', 'ledger');
  }

  /** The user's name at the site, such as `7KQ2-M0XD`. */
  async of(siteId: string, userId: string): Promise<string> {
    const digest = createHmac('sha256', await this.#keyOf(siteId))
      .update(userId)
      .digest();
    const text = Array.from(digest.subarray(0, signsShown), (byte) => signs[byte % signs.length]).join('');
    return `${text.slice(0, signsShown / 2)}-${text.slice(signsShown / 2)}`;
  }

  #keyOf(siteId: string): Promise<Buffer> {
    const known = this.#keys.get(siteId);
    if (known !== undefined) return known;
    const key = readKey(join(this.#folder, `${siteId}.key`));
    this.#keys.set(siteId, key);
    key.catch(() => this.#keys.delete(siteId));
    return key;
  }
}

async function readKey(path: string): Promise<Buffer> {
  const text = await readOrMakeSecretFile(path, () => randomBytes(keyBytes).toString('base64'));
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) throw new Error(`The key ${path} is damaged. Put back the right one.`);
  return key;
}
