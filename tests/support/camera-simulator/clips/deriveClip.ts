import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { barRows } from '../bar/drawBar.ts';
import type { ClipVariant } from '../faults/Fault.ts';
import { LOOP_FRAMES } from '../stamp.ts';
import { STREAM_FORMATS } from '../streams.ts';
import type { StreamName } from '../streams.ts';
import { encoderArguments } from './encoding.ts';
import { raiseFile } from './raiseFile.ts';
import { runProcess } from './runProcess.ts';

export interface Derivation {
  /** The ordinary clip of the same scene and stream. */
  readonly from: string;
  readonly to: string;
  readonly stream: StreamName;
  readonly keyFrameInterval: number;
  readonly variant: ClipVariant;
}

const MAX_LAPS = 8;

/** How often the loop is repeated in the clip so that its key frames keep their distance across its end. */
function lapsFor(keyFrameInterval: number): number {
  for (let laps = 1; laps < MAX_LAPS; laps += 1) if ((laps * LOOP_FRAMES) % keyFrameInterval === 0) return laps;
  return 1;
}

function filterOf(stream: StreamName, variant: ClipVariant): string[] {
  if (variant === 'otherSize') return ['-vf', 'scale=iw*3/4:ih*3/4:flags=area'];
  const bar = barRows(STREAM_FORMATS[stream].width) * 16;
  return variant === 'normal' ? ['-vf', `crop=iw:ih-${bar}:0:${bar}`] : [];
}

/** Encodes a clip anew with another key-frame interval or in another variant: cheaper than drawing it again. */
export async function deriveClip({ from, to, stream, keyFrameInterval, variant }: Derivation): Promise<void> {
  const { child, finished } = runProcess('ffmpeg', [
    ...'-hide_banner -loglevel error -y -f h264 -framerate 30 -i pipe:0'.split(' '),
    ...filterOf(stream, variant),
    ...encoderArguments(stream, keyFrameInterval, variant),
    to,
  ]);
  const clip = await readFile(from);
  for (let lap = 0; lap < lapsFor(keyFrameInterval); lap += 1) {
    if (!child.stdin.write(clip)) await Promise.race([once(child.stdin, 'drain'), finished]);
  }
  child.stdin.end();
  await finished;
  if (variant === 'normal') await raiseFile(to);
}
