import { BitReader, BitWriter, copyBits, copyToEnd } from './bits.ts';
import { naluOf, payloadOf } from './escape.ts';
import { readPps, readSps } from './parameterSets.ts';
import type { PictureParameters, SequenceParameters } from './parameterSets.ts';
import { NAL_IDR, nalType } from './annexB.ts';

/** Parameter sets as numbers, read once for all slices of a clip. */
export interface Parameters {
  readonly sequence: SequenceParameters;
  readonly picture: PictureParameters;
}

export function readParameters(sps: Uint8Array, pps: Uint8Array): Parameters {
  return { sequence: readSps(sps), picture: readPps(pps) };
}

const P = 0;
const B = 1;
const I = 2;
const HEADER_BYTES = 64;

export interface SliceHeader {
  readonly firstMacroblock: number;
  /** 0 P, 1 B, 2 I. */
  readonly type: number;
  readonly frameNumber: number;
  readonly idrPictureId: number;
  readonly pictureOrder: number;
  readonly referenceImportance: number;
  /** Bits of the payload behind `first_mb_in_slice`, and those of `disable_deblocking_filter_idc`. */
  readonly firstMacroblockEnd: number;
  readonly deblockingField: readonly [from: number, to: number];
  readonly deblockingMode: number;
}

function skipListChanges(reader: BitReader, type: number): void {
  const lists = type === B ? 2 : type === P ? 1 : 0;
  for (let list = 0; list < lists; list += 1) {
    if (reader.bit() === 1) while (reader.ue() !== 3) reader.ue();
  }
}

function skipMarking(reader: BitReader, isIdr: boolean): void {
  if (isIdr) reader.bits(2);
  else if (reader.bit() === 1) throw new Error('The slice marks references one by one, which is not read here.');
}

/** Reads a slice header up to its deblocking mode (ITU-T H.264, 7.3.3), for streams without fields and weights. */
export function readSliceHeader(slice: Uint8Array, { sequence, picture }: Parameters): SliceHeader {
  const reader = new BitReader(payloadOf(slice, HEADER_BYTES));
  const isIdr = nalType(slice) === NAL_IDR;
  const referenceImportance = ((slice[0] ?? 0) >> 5) & 3;
  const firstMacroblock = reader.ue();
  const firstMacroblockEnd = reader.position;
  const type = reader.ue() % 5;
  reader.ue();
  const frameNumber = reader.bits(sequence.frameNumberBits);
  const idrPictureId = isIdr ? reader.ue() : 0;
  const pictureOrder = reader.bits(sequence.pictureOrderBits);
  if (sequence.pictureOrderType === 0 && picture.hasOrderOfFields) reader.se();
  if (type === B) reader.bit();
  if (type !== I && reader.bit() === 1) for (let list = P; list <= type; list += 1) reader.ue();
  skipListChanges(reader, type);
  if (picture.hasWeights && type === P) throw new Error('The slice has weights, which are not read here.');
  if (referenceImportance > 0) skipMarking(reader, isIdr);
  if (picture.isCabac && type !== I) reader.ue();
  reader.se();
  const deblockingFrom = reader.position;
  const deblockingMode = picture.hasDeblockingControl ? reader.ue() : 0;
  return {
    firstMacroblock,
    type,
    frameNumber,
    idrPictureId,
    pictureOrder,
    referenceImportance,
    firstMacroblockEnd,
    deblockingField: [deblockingFrom, reader.position],
    deblockingMode,
  };
}

const DEBLOCK_ALL = 0;
const DEBLOCK_INSIDE_SLICE = 2;

/**
 * The same slice further down in a higher picture. It no longer smooths its border with the slices above, which the
 * encoder did not know; the payload moves by some bits, so CAVLC only.
 */
export function moveSliceDown(slice: Uint8Array, macroblocks: number, parameters: Parameters): Buffer {
  if (parameters.picture.isCabac) throw new Error('Only CAVLC slices can be moved.');
  const header = readSliceHeader(slice, parameters);
  const payload = payloadOf(slice);
  const writer = new BitWriter();
  writer.ue(header.firstMacroblock + macroblocks);
  const [from, to] = header.deblockingField;
  copyBits(payload, header.firstMacroblockEnd, from, writer);
  writer.ue(header.deblockingMode === DEBLOCK_ALL ? DEBLOCK_INSIDE_SLICE : header.deblockingMode);
  copyToEnd(payload, to, writer);
  return naluOf(slice[0] ?? 0, writer.finish());
}
