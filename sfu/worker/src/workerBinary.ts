import { existsSync } from 'node:fs';
import { cachedWorkerPath } from './recipe.ts';

/**
 * Absolute path of the mediasoup worker, for `createWorker({ workerBin })`. MEDIASOUP_WORKER_BIN, which mediasoup
 * itself knows too, goes before the cache. Throws when there is none: getting one takes minutes, so nothing does it
 * unasked.
 */
export function workerBinary(env: NodeJS.ProcessEnv = process.env): string {
  const given = env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`MEDIASOUP_WORKER_BIN is ${given}, and there is no such file.`);
  }
  const cached = cachedWorkerPath(env);
  if (existsSync(cached)) return cached;
  throw new Error(`There is no mediasoup worker at ${cached}. Get it with: pnpm --filter @commonsight/worker get`);
}
