import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Proof, ProofTask } from '@commonsight/types/registration';

/** A few milliseconds of work. */
const triesPerTurn = 1_000;

/**
 * Does a task's work as a browser does. The server of the test lives in the same process and has its turns in between: a
 * dozen tasks are seconds of work, in which connections that it waits for would be given up as too slow.
 */
export async function solve({ token, difficultyBits }: ProofTask): Promise<Proof> {
  for (let tried = 0; ; tried += 1) {
    if (tried % triesPerTurn === 0) await turn();
    const solution = tried.toString(36);
    const head = createHash('sha256').update(`${token}.${solution}`).digest().readUInt32BE(0);
    if (Math.clz32(head) >= difficultyBits) return { token, solution };
  }
}
