import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrMakeSecretFile } from '../keys.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

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
    const path = join(dataDir, 'keys', 'registry.key');
    const text = await readOrMakeSecretFile(path, () => randomBytes(keyBytes).toString('base64'));
    const master = Buffer.from(text.trim(), 'base64');
    if (master.length !== keyBytes) throw new Error(`The key ${path} is damaged. Put back the right one.`);
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

/** The id is authenticated too, so that nothing sealed can be moved to another registration. */
function encrypt(key: Buffer, about: string, plain: Buffer): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function decrypt(key: Buffer, about: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
}
