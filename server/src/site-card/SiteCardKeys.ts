import { hkdfSync, randomBytes } from 'node:crypto';
import { readMasterKey } from '../keys.ts';
import { keyBytes, openBytes, sealBytes } from '../sealBytes.ts';

/** A card with its wrapped key. */
export interface KeyedCard {
  id: string;
  wrappedKey: string;
}

/** The parts of a card, each of which is sealed for itself. */
export type CardPart = 'card' | 'plan';

/**
 * What keeps site cards apart from the database: one key in the data folder wraps a key of each card. Whoever removes or
 * replaces the wrapped key has erased what was sealed with it.
 */
export class SiteCardKeys {
  readonly #wrapping: Buffer;

  private constructor(master: Buffer) {
    this.#wrapping = Buffer.from(hkdfSync('sha256', master, '', 'commonsight site card wrapping', keyBytes));
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<SiteCardKeys> {
    return new SiteCardKeys(await readMasterKey(dataDir, 'site-cards'));
  }

  /** A new card's key, wrapped: the only form in which it is kept. */
  makeWrappedKey(id: string): string {
    return sealBytes(this.#wrapping, `site card ${id}`, randomBytes(keyBytes)).toString('base64');
  }

  seal(of: KeyedCard, part: CardPart, plain: Uint8Array): string {
    return sealBytes(this.#unwrap(of), `${part} ${of.id}`, plain).toString('base64');
  }

  /** Throws when it was sealed for another card or part, or was changed since. */
  open(of: KeyedCard, part: CardPart, sealed: string): Buffer {
    return openBytes(this.#unwrap(of), `${part} ${of.id}`, Buffer.from(sealed, 'base64'));
  }

  #unwrap({ id, wrappedKey }: KeyedCard): Buffer {
    return openBytes(this.#wrapping, `site card ${id}`, Buffer.from(wrappedKey, 'base64'));
  }
}
