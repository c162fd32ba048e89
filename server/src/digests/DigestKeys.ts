import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import { readMasterKey } from '../keys.ts';
import { deriveKey, openBytes, sealBytes } from '../sealBytes.ts';

const idBytes = 16;
const proofBytes = 16;

/** What keeps owners' mail addresses apart from the database, and what proves that a mail of ours said how to stop it. */
export class DigestKeys {
  readonly #addresses: Buffer;
  readonly #stops: Buffer;

  private constructor(master: Buffer) {
    this.#addresses = deriveKey(master, 'commonsight digest addresses');
    this.#stops = deriveKey(master, 'commonsight digest stops');
  }

  /** Reads the key from the data folder, or makes it there. */
  static async create(dataDir: string): Promise<DigestKeys> {
    return new DigestKeys(await readMasterKey(dataDir, 'digest'));
  }

  sealAddress(linkId: string, address: string): string {
    return sealBytes(this.#addresses, `address ${linkId}`, Buffer.from(address, 'utf8')).toString('base64');
  }

  /** Throws when it was sealed for another link, or changed since. */
  openAddress(linkId: string, sealed: string): string {
    return openBytes(this.#addresses, `address ${linkId}`, Buffer.from(sealed, 'base64')).toString('utf8');
  }

  /** The same in each mail of a link: also the oldest one in a mailbox stops them. 32 bytes in base64url. */
  makeStopSecret(linkId: string): string {
    const id = Buffer.from(parse(linkId));
    return Buffer.concat([id, this.#proofOf(id)]).toString('base64url');
  }

  /** The link whose mails the secret stops; null for one that this server never made. */
  openStopSecret(secret: string): string | null {
    const bytes = Buffer.from(secret, 'base64url');
    if (bytes.length !== idBytes + proofBytes) return null;
    const id = bytes.subarray(0, idBytes);
    return timingSafeEqual(bytes.subarray(idBytes), this.#proofOf(id)) ? stringify(id) : null;
  }

  #proofOf(id: Buffer): Buffer {
    return createHmac('sha256', this.#stops).update(id).digest().subarray(0, proofBytes);
  }
}
