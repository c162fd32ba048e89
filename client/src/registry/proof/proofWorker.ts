import { proofTaskSchema } from '@commonsight/types/registration';
import { solveProof } from './solveProof.ts';

const taskSchema = proofTaskSchema.pick({ token: true, difficultyBits: true });

/** Takes one task, tells its progress (`number`) and at last its solution (`string`). */
self.addEventListener('message', (message: MessageEvent<unknown>) => {
  const solution = solveProof(taskSchema.parse(message.data), (progress) => self.postMessage(progress));
  self.postMessage(solution);
});
