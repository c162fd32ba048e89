import type { HashTile } from 'commonsight-verify/tiles';
import { tilePath } from 'commonsight-verify/tiles';
import { logIdOf } from './WitnessKeys.ts';
import type { VerifierKey } from 'commonsight-verify/note';

const timeoutMs = 10_000;
/** A tile has 8 KiB; a checkpoint with the cosignatures of many witnesses is longer. */
const mostBytes = 1_000_000;

/**
 * Reads the log where everybody reads it, by public HTTP and without saying who asks: a server that wanted to show this
 * relay another history than others would have to know it from them.
 */
export class LogReader {
  readonly #base: URL;

  constructor(serverUrl: string, key: VerifierKey) {
    this.#base = new URL(`/api/log/${encodeURIComponent(logIdOf(key))}/`, serverUrl);
  }

  /** The newest checkpoint as it is served; null when the server says that there is none. */
  async readCheckpoint(): Promise<string | null> {
    const bytes = await this.#read('checkpoint');
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  async readTile(tile: HashTile): Promise<Uint8Array> {
    return (await this.#read(tilePath(tile))) ?? new Uint8Array();
  }

  async #read(path: string): Promise<Uint8Array | null> {
    const answer = await fetch(new URL(path, this.#base), {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.status === 404) {
      await answer.body?.cancel();
      return null;
    }
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`The server answers ${answer.status} for the log's ${path}.`);
    }
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of answer.body ?? []) {
      length += piece.length;
      if (length > mostBytes) throw new Error(`The log's ${path} is longer than it can be.`);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }
}
