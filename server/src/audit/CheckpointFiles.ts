import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../ids.ts';

const ending = '.checkpoint';

/**
 * The last checkpoint of each log in the data folder, apart from the database: who holds the database alone cannot take
 * the log back to an earlier state without being found at the next start.
 */
export class CheckpointFiles {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'log');
  }

  /** The logs that there is a checkpoint of. */
  async list(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
  }

  async read(logId: string): Promise<string | null> {
    try {
      return await readFile(this.#pathOf(logId), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  /** On the disk when it resolves; a crash leaves the earlier one or this one. */
  async write(logId: string, note: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(logId);
    // A name of its own: two servers on one folder, such as one that ends while the next begins, do not take it away
    // from each other.
    const draft = `${path}.${newId()}.new`;
    try {
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(note);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  #pathOf(logId: string): string {
    return join(this.#folder, `${logId}${ending}`);
  }
}
