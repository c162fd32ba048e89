import type { StreamName } from '../streams.ts';

interface Rate {
  readonly quality: number;
  readonly maxKilobits: number;
}

const RATES: Readonly<Record<StreamName, Rate>> = {
  main: { quality: 25, maxKilobits: 2200 },
  sub: { quality: 26, maxKilobits: 560 },
};

/** How cameras encode: fixed key-frame interval, no B-frames, one reference frame, Constrained Baseline. */
export function encoderArguments(stream: StreamName, keyFrameInterval: number): string[] {
  const { quality, maxKilobits } = RATES[stream];
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-threads', '1'],
    ...['-crf', String(quality), '-maxrate', `${maxKilobits}k`, '-bufsize', `${maxKilobits}k`],
    ...['-g', String(keyFrameInterval), '-keyint_min', String(keyFrameInterval), '-sc_threshold', '0'],
    ...['-bf', '0', '-refs', '1', '-x264-params', 'rc-lookahead=10'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-bsf:v', 'filter_units=remove_types=6', '-f', 'h264'],
  ];
}
