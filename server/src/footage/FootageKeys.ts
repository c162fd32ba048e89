import { hkdfSync, randomBytes } from 'node:crypto';
import { readMasterKey } from '../keys.ts';
import { keyBytes, openBytes, sealBytes } from '../sealBytes.ts';

/** A case with its wrapped key. */
export interface KeyedCase {
  id: string;
  wrappedKey: string;
}

/**
 * What keeps uploaded files apart from the database and from each other: one key in the data folder wraps a key of each
 * case, and from that each file has one of its own. Whoever removes a case's wrapped key has erased its files.
 */
export class FootageKeys {
  readonly #wrapping: Buffer;

  private constructor(master: Buffer) {
    this.#wrapping = derive(master, 'commonsight footage wrapping');
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<FootageKeys> {
    return new FootageKeys(await readMasterKey(dataDir, 'footage'));
  }

  /** A new case's key, wrapped: the only form in which it is kept. */
  makeWrappedKey(caseId: string): string {
    return sealBytes(this.#wrapping, `case ${caseId}`, randomBytes(keyBytes)).toString('base64');
  }

  /** The key of one file of the case. */
  fileKeyOf(of: KeyedCase, fileId: string): Buffer {
    return derive(this.#unwrap(of), `commonsight footage file ${fileId}`);
  }

  sealName(of: KeyedCase, fileId: string, name: string): string {
    return sealBytes(this.fileKeyOf(of, fileId), `name ${fileId}`, Buffer.from(name, 'utf8')).toString('base64');
  }

  openName(of: KeyedCase, fileId: string, sealed: string): string {
    return openBytes(this.fileKeyOf(of, fileId), `name ${fileId}`, Buffer.from(sealed, 'base64')).toString('utf8');
  }

  #unwrap({ id, wrappedKey }: KeyedCase): Buffer {
    return openBytes(this.#wrapping, `case ${id}`, Buffer.from(wrappedKey, 'base64'));
  }
}

function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', use, keyBytes));
}
