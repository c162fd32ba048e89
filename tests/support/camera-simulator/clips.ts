import { availableParallelism } from 'node:os';
import { clipFolder } from './clips/cacheFolder.ts';
import { makeClip } from './clips/makeClip.ts';

/** How many different pictures there are; cameras above that number share them. */
const SCENE_COUNT = 16;

export interface EnsureClipsOptions {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly keyFrameIntervalSeconds?: number;
  /** Numbers of the scenes that are needed; left out: all. */
  readonly scenes?: readonly number[];
}

/**
 * Draws and encodes the clips that the cache does not hold yet, as many at once as the machine has cores. Returns the
 * folder that holds them. Interrupted or run twice at once it leaves no half clip behind.
 */
export async function ensureClips(options: EnsureClipsOptions = {}): Promise<string> {
  const { onProgress, keyFrameIntervalSeconds = 2 } = options;
  const scenes = options.scenes ?? Array.from({ length: SCENE_COUNT }, (_, index) => index + 1);
  const waiting = [...scenes];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let scene = waiting.shift(); scene !== undefined; scene = waiting.shift()) {
      await makeClip({ scene, stream: 'main', keyFrameIntervalSeconds, variant: 'normal' });
      await makeClip({ scene, stream: 'sub', keyFrameIntervalSeconds, variant: 'normal' });
      done += 1;
      onProgress?.({ done, total: scenes.length });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return clipFolder();
}
