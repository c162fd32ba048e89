import type { ProofTask } from '@commonsight/types/registration';
import { solveProof } from './solveProof.ts';

/** Takes one task from `prove`, tells its progress (`number`) and at last its solution (`string`). */
self.addEventListener('message', ({ data: task }: MessageEvent<Pick<ProofTask, 'token' | 'difficultyBits'>>) => {
  const tell = (told: number | string): void => self.postMessage(told, { transfer: [] });
  tell(solveProof(task, tell));
});
