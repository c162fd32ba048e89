import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FootageKeys, KeyedCase } from './FootageKeys.ts';
import { SealedFile } from './SealedFile.ts';

/** What an upload leaves free on the disk, for the records and the log. */
const reserveBytes = 2 * 1024 ** 3;

/** Where the sealed files are: in the data folder, one folder for each case, under ids and never under given names. */
export class FootageFolder {
  readonly #root: string;
  readonly #keys: FootageKeys;

  constructor(parts: { dataDir: string; keys: FootageKeys }) {
    this.#root = join(parts.dataDir, 'footage');
    this.#keys = parts.keys;
  }

  /** Whether a file of this size has room. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(this.#root);
    return bavail * bsize > bytes + reserveBytes;
  }

  /** Makes an empty file; one that is there already stays. */
  async make(caseId: string, fileId: string): Promise<void> {
    await mkdir(join(this.#root, caseId), { recursive: true, mode: 0o700 });
    const file = await open(this.#pathOf(caseId, fileId), 'a', 0o600);
    await file.close();
  }

  open(of: KeyedCase, fileId: string): SealedFile {
    return new SealedFile({ path: this.#pathOf(of.id, fileId), key: this.#keys.fileKeyOf(of, fileId), id: fileId });
  }

  async remove(caseId: string, fileId: string): Promise<void> {
    await rm(this.#pathOf(caseId, fileId), { force: true });
  }

  #pathOf(caseId: string, fileId: string): string {
    return join(this.#root, caseId, `${fileId}.sealed`);
  }
}
