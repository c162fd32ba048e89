import { readMasterKey } from '../keys.ts';
import { openBytes, sealBytes } from '../sealBytes.ts';
import { type KeyedRecord, WrappedKeys } from '../WrappedKeys.ts';

/** The parts of a card, each of which is sealed for itself. */
export type CardPart = 'card' | 'plan';

/**
 * What keeps site cards apart from the database: one key in the data folder wraps a key of each card. Whoever removes or
 * replaces the wrapped key has erased what was sealed with it.
 */
export class SiteCardKeys {
  readonly #keys: WrappedKeys;

  private constructor(master: Buffer) {
    this.#keys = new WrappedKeys(master, { use: 'commonsight site card wrapping', about: 'site card' });
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<SiteCardKeys> {
    return new SiteCardKeys(await readMasterKey(dataDir, 'site-cards'));
  }

  /** A new card's key, wrapped: the only form in which it is kept. */
  makeWrappedKey(id: string): string {
    return this.#keys.make(id);
  }

  seal(of: KeyedRecord, part: CardPart, plain: Uint8Array): string {
    return sealBytes(this.#keys.unwrap(of), `${part} ${of.id}`, plain).toString('base64');
  }

  /** Throws when it was sealed for another card or part, or was changed since. */
  open(of: KeyedRecord, part: CardPart, sealed: string): Buffer {
    return openBytes(this.#keys.unwrap(of), `${part} ${of.id}`, Buffer.from(sealed, 'base64'));
  }
}
