import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../hasCode.ts';
import { syncFolder } from '../syncFolder.ts';
import type { FootageKeys, KeyedCase } from './FootageKeys.ts';
import { SealedFile } from './SealedFile.ts';

/** What an upload leaves free on the disk, for the records and the log. */
const reserveBytes = 2 * 1024 ** 3;
const ending = '.sealed';

export interface FootageFolderParts {
  dataDir: string;
  keys: FootageKeys;
  /** How much of a folder's disk is free; the system's word when it is not said. */
  freeBytesOf?: (folder: string) => Promise<number>;
}

/** Where the sealed files are: in the data folder, one folder for each case, under ids and never under given names. */
export class FootageFolder {
  readonly #root: string;
  readonly #keys: FootageKeys;
  readonly #freeBytesOf: (folder: string) => Promise<number>;

  constructor(parts: FootageFolderParts) {
    this.#root = join(parts.dataDir, 'footage');
    this.#keys = parts.keys;
    this.#freeBytesOf = parts.freeBytesOf ?? freeBytesOf;
  }

  /** Whether so much has room. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    return (await this.#freeBytesOf(this.#root)) > bytes + reserveBytes;
  }

  /** Makes an empty file, whose name is on the disk then; one that is there already stays. */
  async make(caseId: string, fileId: string): Promise<void> {
    const path = this.#pathOf(caseId, fileId);
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    await file.close();
    await syncFolder(dirname(path));
    if (made === undefined) return;
    await syncFolder(this.#root);
    await syncFolder(dirname(this.#root));
  }

  open(of: KeyedCase, fileId: string): SealedFile {
    return new SealedFile({ path: this.#pathOf(of.id, fileId), key: this.#keys.fileKeyOf(of, fileId), id: fileId });
  }

  async remove(caseId: string, fileId: string): Promise<void> {
    await rm(this.#pathOf(caseId, fileId), { force: true });
  }

  /** The files that are there, case by case. */
  async *list(): AsyncGenerator<{ caseId: string; fileIds: string[] }> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    for (const folder of await readdir(this.#root, { withFileTypes: true })) {
      if (!folder.isDirectory()) continue;
      const names = await readdir(join(this.#root, folder.name));
      const sealed = names.filter((name) => name.endsWith(ending));
      yield { caseId: folder.name, fileIds: sealed.map((name) => name.slice(0, -ending.length)) };
    }
  }

  /** When a file was written to last; null when it is gone. */
  async changedAt(caseId: string, fileId: string): Promise<Date | null> {
    try {
      return (await stat(this.#pathOf(caseId, fileId))).mtime;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  #pathOf(caseId: string, fileId: string): string {
    return join(this.#root, caseId, `${fileId}${ending}`);
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
