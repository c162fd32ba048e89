import { randomBytes } from 'node:crypto';
import { deriveKey, keyBytes, openBytes, sealBytes } from './sealBytes.ts';

/** A record with its wrapped key. */
export interface KeyedRecord {
  id: string;
  wrappedKey: string;
}

/**
 * Keys of records, each of which is kept wrapped beside its record, by a key that is not in the database: whoever removes or
 * replaces the wrapped key has erased what was sealed with it. Both labels are in what was wrapped; another one opens nothing.
 */
export class WrappedKeys {
  readonly #wrapping: Buffer;
  readonly #about: string;

  /** `use`: for which the wrapping key is derived from the master key. `about`: what stands before a record's id. */
  constructor(master: Buffer, { use, about }: { use: string; about: string }) {
    this.#wrapping = deriveKey(master, use);
    this.#about = about;
  }

  /** A new record's key, wrapped: the only form in which it is kept. Base64. */
  make(id: string): string {
    return sealBytes(this.#wrapping, `${this.#about} ${id}`, randomBytes(keyBytes)).toString('base64');
  }

  /** Throws when it was wrapped for another record, or was changed since. */
  unwrap({ id, wrappedKey }: KeyedRecord): Buffer {
    return openBytes(this.#wrapping, `${this.#about} ${id}`, Buffer.from(wrappedKey, 'base64'));
  }
}
