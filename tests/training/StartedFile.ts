import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writePrivateFile } from './privateFile.ts';
import type { RunningStack } from './startStack.ts';

export type StartedStack = Pick<RunningStack, 'url' | 'wallUrl' | 'users' | 'pids'>;

/** Tells scripts that the training city is ready, and where. The file is there only while that is so. */
export class StartedFile {
  readonly #path: string;
  /** One write after the other, or the older one could win. */
  #last: Promise<void> = Promise.resolve();
  #isRemoved = false;

  constructor(path: string) {
    this.#path = path;
  }

  async write({ url, wallUrl, users, pids }: StartedStack): Promise<void> {
    const text = `${JSON.stringify({ url, wallUrl, users, pids }, undefined, 2)}\n`;
    this.#isRemoved = false;
    const written = this.#writeAfter(this.#last, text);
    this.#last = written.catch(() => {});
    await written;
  }

  /** Resolves when what was written is gone. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    await this.#last;
    await rm(this.#path, { force: true });
  }

  async #writeAfter(last: Promise<void>, text: string): Promise<void> {
    await last;
    if (this.#isRemoved) return;
    await mkdir(dirname(this.#path), { recursive: true });
    await writePrivateFile(this.#path, text);
  }
}
