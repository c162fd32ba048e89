import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateFile } from '../readPrivateFile.ts';
import { writePrivateFile } from '../writePrivateFile.ts';

const floorSchema = z.strictObject({ keyHash: z.string().regex(/^[0-9a-f]{64}$/), seconds: z.int().nonnegative() });

/**
 * Up to which moment local triggers were taken before this start, on the disk: none of them is good again, however the
 * relay's clock is set and however often it is started. With another key the count begins anew.
 */
export class WebhookFloor {
  /** Unix time in seconds. */
  readonly atStart: number;
  readonly #path: string;
  readonly #keyHash: string;
  #highest: number;
  #writing: Promise<void> = Promise.resolve();

  /** Throws a sentence for a file that is damaged. */
  static async open(folder: string, key: string): Promise<WebhookFloor> {
    const path = join(folder, 'alert-webhook.json');
    const keyHash = createHash('sha256').update(key).digest('hex');
    const text = await readPrivateFile(path);
    const kept = text === undefined ? null : parse(text, path);
    return new WebhookFloor(path, keyHash, kept?.keyHash === keyHash ? kept.seconds : 0);
  }

  private constructor(path: string, keyHash: string, seconds: number) {
    this.#path = path;
    this.#keyHash = keyHash;
    this.atStart = seconds;
    this.#highest = seconds;
  }

  /** A trigger of this moment is taken; it is on the disk when this resolves. */
  raise(seconds: number): Promise<void> {
    if (seconds <= this.#highest) return this.#writing;
    this.#highest = seconds;
    const text = `${JSON.stringify({ keyHash: this.#keyHash, seconds })}\n`;
    this.#writing = this.#writing.catch(() => undefined).then(() => writePrivateFile(this.#path, text));
    return this.#writing;
  }
}

function parse(text: string, path: string): z.infer<typeof floorSchema> {
  try {
    return floorSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${path} is damaged, so triggers that were sent before could be sent again. Remove it together with alert-webhook.key, and run relay alert key.`,
      { cause: error },
    );
  }
}
