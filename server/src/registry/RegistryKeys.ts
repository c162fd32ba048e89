import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readMasterKey } from '../keys.ts';
import { keyBytes, openBytes, sealBytes } from '../sealBytes.ts';

/**
 * What keeps registrants' personal values apart from the database: one key in the data folder, from which the keys of
 * its uses are derived. Each registration is sealed with a key of its own, which is kept wrapped beside it; whoever removes
 * the wrapped key has erased what it sealed.
 */
export class RegistryKeys {
  readonly #wrapping: Buffer;
  readonly #emails: Buffer;
  readonly #tasks: Buffer;

  private constructor(master: Buffer) {
    const derive = (use: string) =>
      Buffer.from(hkdfSync('sha256', master, '', `commonsight registry ${use}`, keyBytes));
    this.#wrapping = derive('wrapping');
    this.#emails = derive('emails');
    this.#tasks = derive('tasks');
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<RegistryKeys> {
    const master = await readMasterKey(dataDir, 'registry');
    return new RegistryKeys(master);
  }

  /** A new data key, wrapped: the only form in which it is kept. */
  makeWrappedKey(id: string): string {
    return encrypt(this.#wrapping, `key ${id}`, randomBytes(keyBytes));
  }

  /** Seals a text of the registration with its data key: AES-256-GCM, base64. */
  seal(registration: { id: string; wrappedKey: string }, text: string): string {
    return encrypt(this.#unwrap(registration), `text ${registration.id}`, Buffer.from(text, 'utf8'));
  }

  /** Throws when the text was sealed for another registration or changed since. */
  open(registration: { id: string; wrappedKey: string }, sealed: string): string {
    return decrypt(this.#unwrap(registration), `text ${registration.id}`, sealed).toString('utf8');
  }

  /** What is kept to find a mail address again; without the key nobody can try addresses against it. */
  emailHashOf(email: string): string {
    return createHmac('sha256', this.#emails).update(email.trim().toLowerCase()).digest('hex');
  }

  /** Signs what a browser is given and brings back. */
  signTask(text: string): Buffer {
    return createHmac('sha256', this.#tasks).update(text).digest();
  }

  #unwrap({ id, wrappedKey }: { id: string; wrappedKey: string }): Buffer {
    return decrypt(this.#wrapping, `key ${id}`, wrappedKey);
  }
}

function encrypt(key: Buffer, about: string, plain: Buffer): string {
  return sealBytes(key, about, plain).toString('base64');
}

function decrypt(key: Buffer, about: string, sealed: string): Buffer {
  return openBytes(key, about, Buffer.from(sealed, 'base64'));
}
