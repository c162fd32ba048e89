import { createSHA256 } from 'hash-wasm';

/** So much is read at a time: a file may be larger than the memory. */
const partBytes = 4 * 1024 ** 2;

/** SHA-256 of a file, hexadecimal, read part by part; throws an `AbortError` when it is stopped. */
export async function hashFile(
  file: Blob,
  options: { signal: AbortSignal; onProgress: (doneBytes: number) => void },
): Promise<string> {
  const hasher = await createSHA256();
  for (let at = 0; at < file.size; at += partBytes) {
    options.signal.throwIfAborted();
    hasher.update(new Uint8Array(await file.slice(at, at + partBytes).arrayBuffer()));
    options.onProgress(Math.min(at + partBytes, file.size));
  }
  return hasher.digest('hex');
}
