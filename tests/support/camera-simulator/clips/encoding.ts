import type { ClipVariant } from '../faults/Fault.ts';
import type { StreamName } from '../streams.ts';

interface Rate {
  readonly quality: number;
  readonly maxKilobits: number;
}

const RATES: Readonly<Record<StreamName, Rate>> = {
  main: { quality: 25, maxKilobits: 2200 },
  sub: { quality: 26, maxKilobits: 560 },
};

// One reference frame and no weights: the bar's slices take their header from what is written here.
const COMMON =
  '-c:v libx264 -preset veryfast -pix_fmt yuv420p -threads 1 -refs 1 -sc_threshold 0 -x264-params rc-lookahead=10:weightp=0';
const COLOUR = '-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv';
const NO_B_FRAMES = '-profile:v baseline -bf 0';
const B_FRAMES = '-profile:v main -bf 2 -b_strategy 0 -x264opts b-pyramid=none';

/** How cameras encode: fixed key-frame interval, no B-frames, Constrained Baseline; output is a bare byte stream. */
export function encoderArguments(stream: StreamName, keyFrameInterval: number, variant: ClipVariant): string[] {
  const { quality, maxKilobits } = RATES[stream];
  const rate = `-crf ${quality} -maxrate ${maxKilobits}k -bufsize ${maxKilobits}k`;
  const keyFrames = `-g ${keyFrameInterval} -keyint_min ${keyFrameInterval}`;
  const profile = variant === 'bFrames' ? B_FRAMES : NO_B_FRAMES;
  return `${COMMON} ${profile} ${rate} ${keyFrames} ${COLOUR} -f h264`.split(' ');
}
