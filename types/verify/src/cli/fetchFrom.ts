import { concatBytes } from '../bytes/bytes.ts';
import type { FetchPath } from '../live/verifyLive.ts';
import { CannotCheck } from './CannotCheck.ts';

const answerTimeoutMs = 30_000;
/** 256 entries of 64 KiB, and their lengths: nothing that a log serves is longer. */
const mostBytes = 256 * 65_537;

/** How often, and how long at most, to wait when the log says that it is asked too much. */
const mostWaits = 60;
const longestWaitMs = 60_000;

/**
 * Reads what a log serves below this address. Throws CannotCheck if it does not answer as a log does. The cookie goes to
 * the entries alone, and to nobody that can be listened to on the way.
 */
export function fetchFrom(address: string, cookie?: string): FetchPath {
  const base = new URL(address.endsWith('/') ? address : `${address}/`);
  if (cookie !== undefined && base.protocol !== 'https:' && !isLoopback(base.hostname)) {
    throw new CannotCheck('a session is sent by https alone: on this address others could read it.');
  }
  return async (path) => {
    const isEntries = path.startsWith('tile/entries/');
    const headers: Record<string, string> = isEntries && cookie !== undefined ? { cookie } : {};
    const url = new URL(path, base);
    try {
      const answer = await askPatiently(url, headers);
      if (answer.status === 401 || answer.status === 403) {
        if ('cookie' in headers) throw new CannotCheck(`the session is not accepted there (${answer.status}).`);
        return 'notPublic';
      }
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

async function askPatiently(url: URL, headers: Record<string, string>): Promise<Response> {
  for (let waits = 0; ; waits += 1) {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(answerTimeoutMs), redirect: 'error' });
    if (answer.status !== 429 || waits === mostWaits) return answer;
    await answer.body?.cancel();
    const asked = Number(answer.headers.get('retry-after') ?? 1) * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.min(longestWaitMs, asked >= 0 ? asked : 1_000)));
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
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
