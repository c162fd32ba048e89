import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { ProofTask } from '@commonsight/types/registration';

/** So many tries between two looks at the clock. */
const triesAtOnce = 2_000;

/** How likely a solution is to be found by now, 0 to 1; it never promises an end. */
export function progressAfter(tries: number, difficultyBits: number): number {
  return 1 - Math.exp(-tries / 2 ** difficultyBits);
}

/**
 * Tries texts until one solves the task. It blocks, and so belongs into a worker; noble's SHA-256 and not the browser's,
 * which answers each of the small hashes with a promise and is not there at all without HTTPS.
 */
export function solveProof(
  { token, difficultyBits }: Pick<ProofTask, 'token' | 'difficultyBits'>,
  onProgress: (progress: number) => void,
): string {
  const start = sha256.create().update(utf8ToBytes(`${token}.`));
  for (let tries = 0; ; tries += 1) {
    const solution = tries.toString(36);
    if (leadingZeroBits(start.clone().update(utf8ToBytes(solution)).digest()) >= difficultyBits) return solution;
    if (tries % triesAtOnce === 0) onProgress(progressAfter(tries, difficultyBits));
  }
}

export function leadingZeroBits(bytes: Uint8Array): number {
  let bits = 0;
  for (const byte of bytes) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}
