import { spawnSync } from 'node:child_process';
import { createWorker } from 'mediasoup';

/** The worker ends with this code at once when it is started without MEDIASOUP_VERSION (main.cpp). */
const startedByHandExitCode = 41;

/** Milliseconds: does this machine's loader start the binary at all, or does it miss a library, or the wrong processor? */
export function canStart(path: string): boolean {
  return spawnSync(path, [], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === startedByHandExitCode;
}

/** Starts the worker through mediasoup, has it make a router, which goes through the whole message path, and ends it. */
export async function assertWorkerAnswers(path: string): Promise<void> {
  if (!canStart(path)) throw new Error(`The mediasoup worker ${path} does not start on this machine.`);
  const worker = await createWorker({ workerBin: path, logLevel: 'error' });
  try {
    await worker.createRouter();
  } finally {
    worker.close();
  }
}
