import { registryRoutes } from '@commonsight/types/http/registry-routes';
import type { Proof, ProofTask } from '@commonsight/types/registration';
import { call } from '../../api/call.ts';
import type { CallResult } from '../../api/CallResult.ts';

/** Gets a task from the server and solves it beside the page, which stays usable meanwhile. */
export async function prove(onProgress: (progress: number) => void): Promise<CallResult<Proof>> {
  const task = await call(registryRoutes.createProofTask);
  if (task.state !== 'ok') return task;
  try {
    return { state: 'ok', value: { token: task.value.token, solution: await solveBeside(task.value, onProgress) } };
  } catch {
    return { state: 'failed', error: { code: 'internal', message: 'The calculation could not be made.' } };
  }
}

function solveBeside({ token, difficultyBits }: ProofTask, onProgress: (progress: number) => void): Promise<string> {
  const worker = new Worker(new URL('proofWorker.ts', import.meta.url), { type: 'module' });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.addEventListener('message', ({ data: told }: MessageEvent<unknown>) => {
    if (typeof told === 'number') onProgress(told);
    if (typeof told === 'string') resolve(told);
  });
  worker.addEventListener('error', () => reject(new Error('The worker failed.')));
  worker.postMessage({ token, difficultyBits }, { transfer: [] });
  return promise.finally(() => worker.terminate());
}
