import { type BundleVerdict, verifyBundle } from 'commonsight-verify/bundle';
import type { VerifierKey } from 'commonsight-verify/note';

/** Checks an export in this browser; nothing of it goes anywhere. */
export function verifyFile(file: Blob, key: VerifierKey): Promise<BundleVerdict> {
  return verifyBundle(chunksOf(file.stream()), { log: [key] });
}

/** The verdict in a sentence. */
export function verdictWords(verdict: BundleVerdict): string {
  if (verdict.ok) {
    const { entries, size } = verdict.report;
    return `This export is whole: ${entries} entries of a log of ${size}, as the log's key has signed them.`;
  }
  const { index, reason } = verdict.fault;
  return index === null ? reason : `First bad entry: ${index + 1}. As the log counts, from 0: ${reason}`;
}

/** Not every browser's streams can be walked through. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
