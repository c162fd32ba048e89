import { concatBytes } from '../bytes/bytes.ts';

const lineFeed = 0x0a;
/** An entry has 64 KiB at most, and its openings are texts of persons. Nothing longer is one of our lines. */
const mostLineBytes = 4 * 1024 * 1024;

/** The bytes are no lines. The message is a sentence. */
export class LineError extends Error {
  override name = 'LineError';
}

/** Lines without their line feed, whatever pieces they come in. Throws a LineError if the last one has none. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      const last = chunk.subarray(start, end);
      yield pieces.length === 0 ? last : concatBytes(...pieces, last);
      pieces = [];
      length = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      // A copy, because a reader may use its buffer again for the next chunk.
      pieces.push(chunk.slice(start));
      length += chunk.length - start;
      if (length > mostLineBytes) throw new LineError(`A line has more than ${mostLineBytes} bytes.`);
    }
  }
  if (pieces.length > 0) throw new LineError('The last line is cut short.');
}
