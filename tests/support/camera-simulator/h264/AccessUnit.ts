import { NAL_IDR, NAL_PPS, NAL_SLICE, NAL_SPS, nalType } from './annexB.ts';

/** The slices of one picture, without parameter sets: who sends it decides where those go. */
export interface AccessUnit {
  readonly slices: readonly Buffer[];
  readonly isKeyFrame: boolean;
}

export interface ParsedClip {
  readonly sps: Buffer;
  readonly pps: Buffer;
  readonly accessUnits: readonly AccessUnit[];
}

function beginsPicture(slice: Buffer): boolean {
  // first_mb_in_slice is the first field, ue(v): a leading one bit means zero, the first macroblock of a new picture.
  return ((slice[1] ?? 0) & 0x80) !== 0;
}

/** Groups a clip's NAL units into pictures. SEI and AUD are left out; all pictures share one pair of parameter sets. */
export function parseClip(nalus: readonly Buffer[]): ParsedClip {
  let sps: Buffer | undefined;
  let pps: Buffer | undefined;
  const accessUnits: { slices: Buffer[]; isKeyFrame: boolean }[] = [];
  for (const nalu of nalus) {
    const type = nalType(nalu);
    if (type === NAL_SPS) sps ??= nalu;
    else if (type === NAL_PPS) pps ??= nalu;
    else if (type === NAL_SLICE || type === NAL_IDR) {
      const current = accessUnits.at(-1);
      if (current === undefined || beginsPicture(nalu)) {
        accessUnits.push({ slices: [nalu], isKeyFrame: type === NAL_IDR });
      } else {
        current.slices.push(nalu);
      }
    }
  }
  if (sps === undefined || pps === undefined || accessUnits[0]?.isKeyFrame !== true) {
    throw new Error('The clip does not begin with parameter sets and a key frame.');
  }
  return { sps, pps, accessUnits };
}
