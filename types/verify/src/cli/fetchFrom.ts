import { concatBytes } from '../bytes/bytes.ts';
import type { FetchPath } from '../live/verifyLive.ts';
import { CannotCheck } from './CannotCheck.ts';

const answerTimeoutMs = 30_000;
/** 256 entries of 64 KiB, and their lengths: nothing that a log serves is longer. */
const mostBytes = 256 * 65_537;

/** Reads what a log serves below this address. Throws CannotCheck if it does not answer as a log does. */
export function fetchFrom(address: string): FetchPath {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  return async (path) => {
    const url = new URL(path, base);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs), redirect: 'error' });
      if (answer.status === 401 || answer.status === 403) return 'notPublic';
      if (answer.status === 404 || answer.status === 410) return undefined;
      if (!answer.ok) throw new CannotCheck(`the answer is ${answer.status}.`);
      return await readBody(answer);
    } catch (error) {
      const reason =
        error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
      throw new CannotCheck(`${url.href} cannot be read: ${reason}`);
    }
  };
}

async function readBody({ body }: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes) throw new CannotCheck(`it is longer than ${mostBytes} bytes.`);
  }
  return concatBytes(...pieces);
}
