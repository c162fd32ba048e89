import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

/** Of those an owner asks for in years. */
const mostKept = 10_000;
/** 128 bits of each are enough to know it again. */
const hashSigns = 22;

const keptSchema = z.strictObject({ answered: z.array(z.base64url().length(hashSigns)).max(mostKept) });

/**
 * The requests for stills that were answered, on the relay's disk: none of them is good again, also not after a restart, so that
 * a server that has kept one cannot have the camera pulled by it.
 */
export class AnsweredRequests {
  readonly #path: string;
  /** The oldest first; null before the file was read. */
  #answered: Set<string> | null = null;

  constructor(relayFolder: string) {
    this.#path = join(relayFolder, 'answered-stills.json');
  }

  /** Notes the request, and whether it is new; that is on the disk when this resolves. One at a time. Throws when it cannot be kept. */
  async add(point: string): Promise<boolean> {
    const answered = this.#answered ?? (await this.#read());
    const hash = createHash('sha256').update(point).digest('base64url').slice(0, hashSigns);
    if (answered.has(hash)) return false;
    const kept = [...answered, hash].slice(-mostKept);
    await writePrivateFile(this.#path, `${JSON.stringify({ answered: kept })}\n`);
    this.#answered = new Set(kept);
    return true;
  }

  async #read(): Promise<Set<string>> {
    const text = await readPrivateFile(this.#path);
    return new Set(text === undefined ? [] : keptSchema.parse(JSON.parse(text)).answered);
  }
}
