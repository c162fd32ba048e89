import { parseClip } from '../h264/AccessUnit.ts';
import type { ParsedClip } from '../h264/AccessUnit.ts';
import { NAL_IDR, nalType } from '../h264/annexB.ts';
import { withMoreRows } from '../h264/parameterSets.ts';
import { moveSliceDown, readParameters, readSliceHeader } from '../h264/sliceHeader.ts';
import { barRows, drawBar } from './drawBar.ts';
import { barSlices } from './barSlices.ts';

/**
 * Puts an empty bar above every picture of a clip, as slices of their own; the simulator sends others in their place
 * that show name and time. The encoder did not know of the bar: where it predicted from beyond the picture's upper edge,
 * it saw the first line repeated. That line and the bar are of one colour, so the pictures stay as they were encoded.
 */
export function raiseClip(nalus: readonly Buffer[]): ParsedClip {
  const clip = parseClip(nalus);
  const parameters = readParameters(clip.sps, clip.pps);
  const width = parameters.sequence.widthInMacroblocks * 16;
  const empty = drawBar('', '', width);
  const macroblocks = barRows(width) * parameters.sequence.widthInMacroblocks;
  return {
    sps: withMoreRows(clip.sps, barRows(width)),
    pps: clip.pps,
    accessUnits: clip.accessUnits.map(({ slices, isKeyFrame, displayOffset }) => {
      const [first] = slices;
      if (first === undefined) throw new Error('The clip has a picture without slices.');
      const header = readSliceHeader(first, parameters);
      const bar = barSlices({ isIdr: nalType(first) === NAL_IDR, header, parameters }, empty);
      const moved = slices.map((slice) => moveSliceDown(slice, macroblocks, parameters));
      return { isKeyFrame, displayOffset, slices: [...bar, ...moved] };
    }),
  };
}
