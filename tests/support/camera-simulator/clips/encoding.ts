import type { ClipVariant } from '../faults/Fault.ts';
import type { StreamName } from '../streams.ts';

/** Kilobits a second: what the encoder aims at, as cameras set to a constant rate do. */
const RATES: Readonly<Record<StreamName, number>> = { main: 1900, sub: 480 };

// One reference frame and no weights: the bar's slices take their header from what is written here.
const COMMON =
  '-c:v libx264 -preset veryfast -pix_fmt yuv420p -threads 1 -refs 1 -sc_threshold 0 -x264-params rc-lookahead=10:weightp=0';
const COLOUR = '-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv';
const NO_B_FRAMES = '-profile:v baseline -bf 0';
const B_FRAMES = '-profile:v main -bf 2 -b_strategy 0 -x264opts b-pyramid=none';

/** How cameras encode: fixed key-frame interval, no B-frames, Constrained Baseline; output is a bare byte stream. */
export function encoderArguments(stream: StreamName, keyFrameInterval: number, variant: ClipVariant): string[] {
  const kilobits = RATES[stream];
  const rate = `-b:v ${kilobits}k -maxrate ${kilobits * 1.15}k -bufsize ${kilobits}k`;
  const keyFrames = `-g ${keyFrameInterval} -keyint_min ${keyFrameInterval}`;
  const profile = variant === 'bFrames' ? B_FRAMES : NO_B_FRAMES;
  return `${COMMON} ${profile} ${rate} ${keyFrames} ${COLOUR} -f h264`.split(' ');
}
