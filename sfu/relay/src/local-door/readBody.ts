import type { IncomingMessage } from 'node:http';

/** So many times more is read away, so that the sender of something too long gets an answer. */
const readShare = 16;

/** The body as text. Null when it is longer than so many bytes or breaks off. */
export async function readBody(request: IncomingMessage, longestBody: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request) {
      const bytes = Buffer.from(part);
      length += bytes.length;
      if (length <= longestBody) parts.push(bytes);
      // The answer is the connection's end, whatever comes after it.
      else if (length > readShare * longestBody) return null;
    }
  } catch {
    return null;
  }
  return length > longestBody ? null : Buffer.concat(parts).toString();
}
