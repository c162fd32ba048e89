import { createHash } from 'node:crypto';
import type { Proof, ProofTask } from '@commonsight/types/registration';

/** Does a task's work as a browser does. */
export function solve({ token, difficultyBits }: ProofTask): Proof {
  for (let tried = 0; ; tried += 1) {
    const solution = tried.toString(36);
    const head = createHash('sha256').update(`${token}.${solution}`).digest().readUInt32BE(0);
    if (Math.clz32(head) >= difficultyBits) return { token, solution };
  }
}
