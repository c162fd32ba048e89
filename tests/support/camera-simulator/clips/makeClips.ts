import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipVariant } from '../faults/Fault.ts';
import { FRAMES_PER_SECOND } from '../stamp.ts';
import type { StreamName } from '../streams.ts';
import { clipFolder } from './cacheFolder.ts';
import { onceAcrossProcesses } from './onceAcrossProcesses.ts';
import { runProcess } from './runProcess.ts';

export interface ClipKey {
  /** 1 to 16. */
  readonly scene: number;
  readonly stream: StreamName;
  readonly keyFrameIntervalSeconds: number;
  readonly variant: ClipVariant;
}

const DRAWER = join(import.meta.dirname, 'drawScene.ts');

/** The clip's file, drawn and encoded if the cache does not hold it yet. */
export async function makeClip({ scene, stream, keyFrameIntervalSeconds }: ClipKey): Promise<string> {
  const folder = await clipFolder();
  const interval = Math.round(keyFrameIntervalSeconds * FRAMES_PER_SECOND);
  const fileOf = (name: StreamName): string => join(folder, `scene${scene}-${name}-${interval}.h264`);
  await onceAcrossProcesses(fileOf('sub'), async () => {
    const unfinished = await mkdtemp(join(folder, 'unfinished-'));
    try {
      const files = { main: join(unfinished, 'main'), sub: join(unfinished, 'sub') };
      const args = [DRAWER, String(scene), String(interval), files.main, files.sub];
      await runProcess(process.execPath, args).finished;
      // The sub stream is moved last: where it is, the main stream is, too.
      await rename(files.main, fileOf('main'));
      await rename(files.sub, fileOf('sub'));
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
  return fileOf(stream);
}
