import { ensureWorker } from '@commonsight/worker/ensureWorker';
import { SetupError } from '../setup/SetupError.ts';
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
  await getClips({ progress, signal });
  signal.throwIfAborted();
  return { clientFolder: await ensureClient(progress, signal) };
}

export async function getWorker({ progress, signal }: PrepareOptions): Promise<void> {
  const beforeBuild = () => ensureSystemPackages(systemPackages.workerBuild, progress);
  await ensureWorker({ progress, signal, beforeBuild }).catch(sayWhat('The mediasoup worker cannot be had', signal));
}

export async function getClips({ progress, signal }: PrepareOptions): Promise<void> {
  const startedAtMs = performance.now();
  await ensureClips({
    onProgress({ done, total }) {
      // With all of them in the cache this takes a moment and is worth no word.
      if (performance.now() - startedAtMs > 1_000) progress(`Drawing the training cameras' clips: ${done} of ${total}`);
    },
  }).catch(sayWhat("The training cameras' clips cannot be made", signal));
}

function sayWhat(sentence: string, signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    signal.throwIfAborted();
    if (error instanceof SetupError) throw error;
    throw new SetupError(`${sentence}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  };
}
