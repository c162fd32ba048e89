// Slices of H264 for the bar above the picture, written here and not by an encoder: a clip loops, but its clock goes on.
// Each row of macroblocks is a slice of its own, so that no row predicts anything from another.
import { BitWriter } from '../h264/bits.ts';
import { naluOf } from '../h264/escape.ts';
import type { Parameters, SliceHeader } from '../h264/sliceHeader.ts';
import { NAL_IDR, NAL_SLICE } from '../h264/annexB.ts';
import { BAR_LUMA } from './drawBar.ts';

const MACROBLOCK = 16;
const NEUTRAL_CHROMA = new Uint8Array(128).fill(128);
const SLICE_P = 0;
const SLICE_I = 2;
const DEBLOCK_NOTHING = 1;
const INTRA_16X16_DC = 3;
const I_PCM = 25;
/** In P slices the intra types come after the five inter types. */
const INTRA_OFFSET_IN_P = 5;

/** The slice of the picture below, whose frame the bar belongs to. */
export interface BarFrame {
  readonly isIdr: boolean;
  readonly header: SliceHeader;
  readonly parameters: Parameters;
}

interface BarRow {
  readonly row: number;
  readonly luma: Uint8Array;
  readonly lumaBefore: Uint8Array | undefined;
}

function writeHeader(writer: BitWriter, { isIdr, header, parameters }: BarFrame, row: number): void {
  const { sequence, picture } = parameters;
  if (picture.isCabac || !picture.hasDeblockingControl) throw new Error('The bar needs CAVLC and deblocking control.');
  writer.ue(row * sequence.widthInMacroblocks);
  writer.ue(header.type === SLICE_I ? SLICE_I : SLICE_P);
  writer.ue(0);
  writer.bits(header.frameNumber, sequence.frameNumberBits);
  if (isIdr) writer.ue(header.idrPictureId);
  writer.bits(header.pictureOrder, sequence.pictureOrderBits);
  // No other number of references, no reordering of them.
  if (header.type !== SLICE_I) writer.bits(0, 2);
  if (header.referenceImportance > 0) writer.bits(0, isIdr ? 2 : 1);
  writer.se(0);
  writer.ue(DEBLOCK_NOTHING);
}

function macroblockLuma(luma: Uint8Array, width: number, row: number, column: number): Uint8Array {
  const block = new Uint8Array(MACROBLOCK * MACROBLOCK);
  for (let y = 0; y < MACROBLOCK; y += 1) {
    const from = (row * MACROBLOCK + y) * width + column * MACROBLOCK;
    block.set(luma.subarray(from, from + MACROBLOCK), y * MACROBLOCK);
  }
  return block;
}

function writePcm(writer: BitWriter, block: Uint8Array, isInP: boolean): void {
  writer.ue(I_PCM + (isInP ? INTRA_OFFSET_IN_P : 0));
  writer.alignWithZeros();
  writer.bytes(block);
  writer.bytes(NEUTRAL_CHROMA);
}

/** A whole row: empty macroblocks continue the one on their left, letters are stored as they are. */
function writeIntraRow(writer: BitWriter, width: number, { row, luma }: BarRow): void {
  let isLeftPcm = false;
  let isLeftEdgeEmpty = false;
  for (let column = 0; column < width / MACROBLOCK; column += 1) {
    const block = macroblockLuma(luma, width, row, column);
    if (isLeftEdgeEmpty && block.every((value) => value === BAR_LUMA)) {
      writer.ue(INTRA_16X16_DC);
      // DC chroma, no change of the quantiser, and no coefficient: its code depends on what the left block held.
      writer.ue(0);
      writer.se(0);
      if (isLeftPcm) writer.bits(0b000011, 6);
      else writer.bit(1);
      isLeftPcm = false;
    } else {
      writePcm(writer, block, false);
      isLeftPcm = true;
      isLeftEdgeEmpty = block.every((value, at) => at % MACROBLOCK !== MACROBLOCK - 1 || value === BAR_LUMA);
    }
  }
}

/** A row of a later frame: all macroblocks are skipped but those in which a letter changed. */
function writeChangedRow(writer: BitWriter, width: number, { row, luma, lumaBefore }: BarRow): void {
  let skipped = 0;
  for (let column = 0; column < width / MACROBLOCK; column += 1) {
    const block = macroblockLuma(luma, width, row, column);
    const blockBefore = lumaBefore === undefined ? undefined : macroblockLuma(lumaBefore, width, row, column);
    if (blockBefore === undefined || block.every((value, at) => value === blockBefore[at])) {
      skipped += 1;
    } else {
      writer.ue(skipped);
      writePcm(writer, block, true);
      skipped = 0;
    }
  }
  if (skipped > 0) writer.ue(skipped);
}

/**
 * The bar's slices for one frame. `lumaBefore` is what the frame before showed; left out, nothing has changed since.
 */
export function barSlices(frame: BarFrame, luma: Uint8Array, lumaBefore?: Uint8Array): Buffer[] {
  const width = frame.parameters.sequence.widthInMacroblocks * MACROBLOCK;
  const slices: Buffer[] = [];
  for (let row = 0; row < luma.length / width / MACROBLOCK; row += 1) {
    const writer = new BitWriter();
    writeHeader(writer, frame, row);
    if (frame.header.type === SLICE_I) writeIntraRow(writer, width, { row, luma, lumaBefore });
    else writeChangedRow(writer, width, { row, luma, lumaBefore });
    const nalHeader = (frame.header.referenceImportance << 5) | (frame.isIdr ? NAL_IDR : NAL_SLICE);
    slices.push(naluOf(nalHeader, writer.finish()));
  }
  return slices;
}
