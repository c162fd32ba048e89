import { readMasterKey } from '../keys.ts';
import { deriveKey, openBytes, sealBytes } from '../sealBytes.ts';
import { type KeyedRecord, WrappedKeys } from '../WrappedKeys.ts';

/** A case with its wrapped key. */
export type KeyedCase = KeyedRecord;

/** The names of a case's files, with its key at hand. */
export interface NameKeys {
  open: (fileId: string, sealed: string) => string;
}

/**
 * What keeps uploaded files apart from the database and from each other: one key in the data folder wraps a key of each
 * case, and from that each file has one of its own. Whoever removes a case's wrapped key has erased its files.
 */
export class FootageKeys {
  readonly #keys: WrappedKeys;

  private constructor(master: Buffer) {
    this.#keys = new WrappedKeys(master, { use: 'commonsight footage wrapping', about: 'case' });
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<FootageKeys> {
    return new FootageKeys(await readMasterKey(dataDir, 'footage'));
  }

  /** A new case's key, wrapped: the only form in which it is kept. */
  makeWrappedKey(caseId: string): string {
    return this.#keys.make(caseId);
  }

  /** The key of one file of the case. */
  fileKeyOf(of: KeyedCase, fileId: string): Buffer {
    return fileKey(this.#keys.unwrap(of), fileId);
  }

  sealName(of: KeyedCase, fileId: string, name: string): string {
    return sealBytes(this.fileKeyOf(of, fileId), `name ${fileId}`, Buffer.from(name, 'utf8')).toString('base64');
  }

  /** Opens names of the case's files. Its key is unwrapped once, at the first. */
  namesOf(of: KeyedCase): NameKeys {
    let key: Buffer | null = null;
    return {
      open: (fileId, sealed) => {
        key ??= this.#keys.unwrap(of);
        return openBytes(fileKey(key, fileId), `name ${fileId}`, Buffer.from(sealed, 'base64')).toString('utf8');
      },
    };
  }
}

function fileKey(caseKey: Buffer, fileId: string): Buffer {
  return deriveKey(caseKey, `commonsight footage file ${fileId}`);
}
