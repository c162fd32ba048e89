import { NAL_IDR, NAL_PPS, NAL_SLICE, NAL_SPS, nalType } from './annexB.ts';
import { readParameters, readSliceHeader } from './sliceHeader.ts';
import type { Parameters } from './sliceHeader.ts';

/** The slices of one picture, without parameter sets: who sends it decides where those go. */
export interface AccessUnit {
  readonly slices: readonly Buffer[];
  readonly isKeyFrame: boolean;
  /** Frames between its place in the stream and its place in time; other than 0 only with B-frames. */
  readonly displayOffset: number;
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

function groupSlices(nalus: readonly Buffer[]): Buffer[][] {
  const pictures: Buffer[][] = [];
  for (const nalu of nalus) {
    if (nalType(nalu) !== NAL_SLICE && nalType(nalu) !== NAL_IDR) continue;
    const current = pictures.at(-1);
    if (current === undefined || beginsPicture(nalu)) pictures.push([nalu]);
    else current.push(nalu);
  }
  return pictures;
}

/** Picture order counts of pictures in the order of the stream, without the wrap of their few bits. */
function displayIndexes(pictures: readonly Buffer[][], parameters: Parameters): number[] {
  const wrap = 2 ** parameters.sequence.pictureOrderBits;
  let keyFrameIndex = 0;
  let last = 0;
  return pictures.map(([slice], index) => {
    if (slice === undefined || parameters.sequence.pictureOrderType !== 0) return index;
    if (nalType(slice) === NAL_IDR) {
      keyFrameIndex = index;
      last = 0;
    }
    const order = readSliceHeader(slice, parameters).pictureOrder;
    last = order + wrap * Math.round((last - order) / wrap);
    // Each frame counts for two fields.
    return keyFrameIndex + last / 2;
  });
}

/** Groups a clip's NAL units into pictures. SEI and AUD are left out; all pictures share one pair of parameter sets. */
export function parseClip(nalus: readonly Buffer[]): ParsedClip {
  const sps = nalus.find((nalu) => nalType(nalu) === NAL_SPS);
  const pps = nalus.find((nalu) => nalType(nalu) === NAL_PPS);
  const pictures = groupSlices(nalus);
  const [firstSlice] = pictures[0] ?? [];
  if (sps === undefined || pps === undefined || firstSlice === undefined || nalType(firstSlice) !== NAL_IDR) {
    throw new Error('The clip does not begin with parameter sets and a key frame.');
  }
  const shownAt = displayIndexes(pictures, readParameters(sps, pps));
  const accessUnits = pictures.map((slices, index) => ({
    slices,
    isKeyFrame: slices.some((slice) => nalType(slice) === NAL_IDR),
    displayOffset: (shownAt[index] ?? index) - index,
  }));
  return { sps, pps, accessUnits };
}
