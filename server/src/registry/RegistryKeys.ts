import { createHmac } from 'node:crypto';
import { readMasterKey } from '../keys.ts';
import { deriveKey, openBytes, sealBytes } from '../sealBytes.ts';
import { type KeyedRecord, WrappedKeys } from '../WrappedKeys.ts';

/**
 * What keeps registrants' personal values apart from the database: one key in the data folder, from which the keys of
 * its uses are derived. Each registration is sealed with a key of its own, which is kept wrapped beside it; whoever removes
 * the wrapped key has erased what it sealed.
 */
export class RegistryKeys {
  readonly #keys: WrappedKeys;
  readonly #emails: Buffer;
  readonly #tasks: Buffer;

  private constructor(master: Buffer) {
    this.#keys = new WrappedKeys(master, { use: 'commonsight registry wrapping', about: 'key' });
    this.#emails = deriveKey(master, 'commonsight registry emails');
    this.#tasks = deriveKey(master, 'commonsight registry tasks');
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<RegistryKeys> {
    const master = await readMasterKey(dataDir, 'registry');
    return new RegistryKeys(master);
  }

  /** A new data key, wrapped: the only form in which it is kept. */
  makeWrappedKey(id: string): string {
    return this.#keys.make(id);
  }

  /** Seals a text of the registration with its data key: AES-256-GCM, base64. */
  seal(registration: KeyedRecord, text: string): string {
    const key = this.#keys.unwrap(registration);
    return sealBytes(key, `text ${registration.id}`, Buffer.from(text, 'utf8')).toString('base64');
  }

  /** Throws when the text was sealed for another registration or changed since. */
  open(registration: KeyedRecord, sealed: string): string {
    const key = this.#keys.unwrap(registration);
    return openBytes(key, `text ${registration.id}`, Buffer.from(sealed, 'base64')).toString('utf8');
  }

  /** What is kept to find a mail address again; without the key nobody can try addresses against it. */
  emailHashOf(email: string): string {
    return createHmac('sha256', this.#emails).update(email.trim().toLowerCase()).digest('hex');
  }

  /** Signs what a browser is given and brings back. */
  signTask(text: string): Buffer {
    return createHmac('sha256', this.#tasks).update(text).digest();
  }
}
