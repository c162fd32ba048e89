import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipVariant } from '../faults/Fault.ts';
import { FRAMES_PER_SECOND } from '../stamp.ts';
import type { StreamName } from '../streams.ts';
import { clipFolder } from './cacheFolder.ts';
import { deriveClip } from './deriveClip.ts';
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
const DRAWN_INTERVAL = 2 * FRAMES_PER_SECOND;

async function inUnfinishedFolder(folder: string, work: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = await mkdtemp(join(folder, 'unfinished-'));
  try {
    await work(unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function drawnClip(folder: string, scene: number, stream: StreamName): Promise<string> {
  const fileOf = (name: StreamName): string => join(folder, `scene${scene}-${name}-${DRAWN_INTERVAL}.h264`);
  await onceAcrossProcesses(fileOf('sub'), () =>
    inUnfinishedFolder(folder, async (unfinished) => {
      const files = { main: join(unfinished, 'main'), sub: join(unfinished, 'sub') };
      const args = [DRAWER, String(scene), String(DRAWN_INTERVAL), files.main, files.sub];
      const { child, finished } = runProcess(process.execPath, args);
      child.stdin.end();
      await finished;
      // The sub stream is moved last: where it is, the main stream is, too.
      await rename(files.main, fileOf('main'));
      await rename(files.sub, fileOf('sub'));
    }),
  );
  return fileOf(stream);
}

/** The clip's file, drawn and encoded if the cache does not hold it yet. */
export async function makeClip({ scene, stream, keyFrameIntervalSeconds, variant }: ClipKey): Promise<string> {
  const folder = await clipFolder();
  const keyFrameInterval = Math.max(1, Math.round(keyFrameIntervalSeconds * FRAMES_PER_SECOND));
  const drawn = await drawnClip(folder, scene, stream);
  if (variant === 'normal' && keyFrameInterval === DRAWN_INTERVAL) return drawn;
  const file = join(folder, `scene${scene}-${stream}-${keyFrameInterval}-${variant}.h264`);
  await onceAcrossProcesses(file, () =>
    inUnfinishedFolder(folder, async (unfinished) => {
      const to = join(unfinished, 'clip');
      await deriveClip({ from: drawn, to, stream, keyFrameInterval, variant });
      await rename(to, file);
    }),
  );
  return file;
}
