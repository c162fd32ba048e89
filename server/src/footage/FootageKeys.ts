import { hkdfSync, randomBytes } from 'node:crypto';
import { readMasterKey } from '../keys.ts';
import { keyBytes, openBytes, sealBytes } from '../sealBytes.ts';

/** A case with its wrapped key. */
export interface KeyedCase {
  id: string;
  wrappedKey: string;
}

/** The names of a case's files, with its key at hand. */
export interface NameKeys {
  open: (fileId: string, sealed: string) => string;
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
    return fileKey(this.#unwrap(of), fileId);
  }

  sealName(of: KeyedCase, fileId: string, name: string): string {
    return sealBytes(this.fileKeyOf(of, fileId), `name ${fileId}`, Buffer.from(name, 'utf8')).toString('base64');
  }

  /** Opens names of the case's files. Its key is unwrapped once, at the first. */
  namesOf(of: KeyedCase): NameKeys {
    let key: Buffer | null = null;
    return {
      open: (fileId, sealed) => {
        key ??= this.#unwrap(of);
        return openBytes(fileKey(key, fileId), `name ${fileId}`, Buffer.from(sealed, 'base64')).toString('utf8');
      },
    };
  }

  #unwrap({ id, wrappedKey }: KeyedCase): Buffer {
    return openBytes(this.#wrapping, `case ${id}`, Buffer.from(wrappedKey, 'base64'));
  }
}

function fileKey(caseKey: Buffer, fileId: string): Buffer {
  return derive(caseKey, `commonsight footage file ${fileId}`);
}

function derive(key: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', use, keyBytes));
}
