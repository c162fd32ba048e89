import { ensureWorker } from '@commonsight/worker/ensureWorker';
import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { ensureClips } from '../support/camera-simulator/clips.ts';
import { ensureClient } from './clientBuild.ts';

export interface Prepared {
  clientFolder: string;
}

export interface PrepareOptions {
  progress: (line: string) => void;
  signal: AbortSignal;
}

/** Everything that a stack needs from the machine and that stays there: made once, found again by the next start. */
export async function prepare({ progress, signal }: PrepareOptions): Promise<Prepared> {
  await ensureSystemPackages(systemPackages.run, progress);
  signal.throwIfAborted();
  await getWorker({ progress, signal });
  await getClips(progress);
  signal.throwIfAborted();
  return { clientFolder: await ensureClient(progress, signal) };
}

export async function getWorker({ progress, signal }: PrepareOptions): Promise<void> {
  await ensureWorker({
    progress,
    signal,
    beforeBuild: () => ensureSystemPackages(systemPackages.workerBuild, progress),
  });
}

export async function getClips(progress: (line: string) => void): Promise<void> {
  const startedAtMs = performance.now();
  await ensureClips({
    onProgress({ done, total }) {
      // With all of them in the cache this takes a moment and is worth no word.
      if (performance.now() - startedAtMs > 1_000) progress(`Drawing the training cameras' clips: ${done} of ${total}`);
    },
  });
}
