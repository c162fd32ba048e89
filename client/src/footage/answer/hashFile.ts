import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createSHA256 } from 'hash-wasm';

/** So much is read at a time: a file may be larger than the memory. */
const partBytes = 4 * 1024 ** 2;

interface Hasher {
  update: (bytes: Uint8Array) => void;
  digest: () => string;
}

/** SHA-256 of a file, hexadecimal, read part by part; throws an `AbortError` when it is stopped. */
export async function hashFile(
  file: Blob,
  options: {
    signal: AbortSignal;
    onProgress: (doneBytes: number) => void;
    makeHasher?: () => Promise<Hasher>;
  },
): Promise<string> {
  const hasher = await (options.makeHasher ?? makeFastHasher)().catch(makeSlowHasher);
  for (let at = 0; at < file.size; at += partBytes) {
    options.signal.throwIfAborted();
    hasher.update(new Uint8Array(await file.slice(at, at + partBytes).arrayBuffer()));
    options.onProgress(Math.min(at + partBytes, file.size));
  }
  return hasher.digest();
}

async function makeFastHasher(): Promise<Hasher> {
  const hasher = await createSHA256();
  return { update: (bytes) => void hasher.update(bytes), digest: () => hasher.digest('hex') };
}

/** For browsers that refuse WebAssembly here: some do not know the word in the page's policy that allows it. */
function makeSlowHasher(): Hasher {
  const hasher = sha256.create();
  return { update: (bytes) => void hasher.update(bytes), digest: () => bytesToHex(hasher.digest()) };
}
