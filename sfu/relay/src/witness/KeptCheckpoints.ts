import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openCheckpoint, type OpenedCheckpoint } from 'commonsight-verify/checkpoint';
import { NoteError, type VerifierKey } from 'commonsight-verify/note';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';
import { witnessFolderOf } from './WitnessKeys.ts';

/** Those before the last one serve to show a rollback for what it is. */
const mostKept = 100;
const ending = '.checkpoint';

/** The checkpoints that this witness has found good, the last of which the log has to go on from. */
export class KeptCheckpoints {
  readonly #folder: string;

  constructor(relayFolder: string) {
    this.#folder = join(witnessFolderOf(relayFolder), 'kept');
  }

  /** The last one, or null before the first. Throws when it cannot be read: an earlier one must not take its place. */
  async last(keys: readonly VerifierKey[]): Promise<OpenedCheckpoint | null> {
    const size = (await this.#sizes()).at(-1);
    return size === undefined ? null : this.#read(size, keys);
  }

  /** The one of this size, if it is among those that are kept. */
  async ofSize(size: number, keys: readonly VerifierKey[]): Promise<OpenedCheckpoint | null> {
    return (await this.#sizes()).includes(size) ? this.#read(size, keys) : null;
  }

  /** It is on the disk when this resolves, and only then may it be cosigned. */
  async keep({ size, note }: OpenedCheckpoint): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writePrivateFile(this.#pathOf(size), note);
    for (const old of (await this.#sizes()).slice(0, -mostKept)) await rm(this.#pathOf(old), { force: true });
  }

  /** Puts all of them aside, under a name with the time, so that the next one is the first. */
  async setAside(at: Date): Promise<void> {
    if ((await this.#sizes()).length === 0) return;
    await rename(this.#folder, `${this.#folder}-until-${at.toISOString().replaceAll(':', '')}`);
  }

  async #read(size: number, keys: readonly VerifierKey[]): Promise<OpenedCheckpoint> {
    const path = this.#pathOf(size);
    try {
      const opened = openCheckpoint((await readPrivateFile(path)) ?? '', { log: keys });
      if (opened.size === size) return opened;
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
    }
    throw new Error(`${path} is damaged, or its key is not trusted. Nothing is cosigned without it.`);
  }

  async #sizes(): Promise<number[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    const sizes = names.filter((name) => name.endsWith(ending)).map((name) => Number(name.slice(0, -ending.length)));
    return sizes.filter(Number.isSafeInteger).toSorted((one, other) => one - other);
  }

  #pathOf(size: number): string {
    return join(this.#folder, `${size}${ending}`);
  }
}
