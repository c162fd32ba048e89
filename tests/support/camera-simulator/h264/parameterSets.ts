import { BitReader, BitWriter, copyToEnd } from './bits.ts';
import { naluOf, payloadOf } from './escape.ts';

/** What the slice header's reader must know of an SPS. */
export interface SequenceParameters {
  readonly profile: number;
  readonly frameNumberBits: number;
  readonly pictureOrderType: number;
  readonly pictureOrderBits: number;
  readonly widthInMacroblocks: number;
  readonly heightInMacroblocks: number;
  /** Bits of the payload that hold the height, for `withHeight`. */
  readonly heightField: readonly [from: number, to: number];
}

const PROFILES_WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244]);

/** Reads an SPS of progressive 4:2:0 video without scaling lists: what this simulator's encoder writes. */
export function readSps(sps: Uint8Array): SequenceParameters {
  const reader = new BitReader(payloadOf(sps));
  const profile = reader.bits(8);
  reader.bits(16);
  reader.ue();
  if (PROFILES_WITH_CHROMA_FORMAT.has(profile)) {
    for (let field = 0; field < 3; field += 1) reader.ue();
    reader.bits(2);
  }
  const frameNumberBits = reader.ue() + 4;
  const pictureOrderType = reader.ue();
  if (pictureOrderType === 1) throw new Error('The SPS has a picture order that is not read here.');
  const pictureOrderBits = pictureOrderType === 0 ? reader.ue() + 4 : 0;
  reader.ue();
  reader.bit();
  const widthInMacroblocks = reader.ue() + 1;
  const heightFrom = reader.position;
  const heightInMacroblocks = reader.ue() + 1;
  return {
    profile,
    frameNumberBits,
    pictureOrderType,
    pictureOrderBits,
    widthInMacroblocks,
    heightInMacroblocks,
    heightField: [heightFrom, reader.position],
  };
}

/** The same SPS for a picture that is higher by some rows of macroblocks. */
export function withMoreRows(sps: Uint8Array, rows: number): Buffer {
  const { heightInMacroblocks, heightField } = readSps(sps);
  const payload = payloadOf(sps);
  const reader = new BitReader(payload);
  const writer = new BitWriter();
  while (reader.position < heightField[0]) writer.bit(reader.bit());
  writer.ue(heightInMacroblocks + rows - 1);
  copyToEnd(payload, heightField[1], writer);
  return naluOf(sps[0] ?? 0, writer.finish());
}

export interface PictureParameters {
  readonly isCabac: boolean;
  readonly hasOrderOfFields: boolean;
  readonly hasWeights: boolean;
  readonly hasDeblockingControl: boolean;
}

export function readPps(pps: Uint8Array): PictureParameters {
  const reader = new BitReader(payloadOf(pps));
  reader.ue();
  reader.ue();
  const isCabac = reader.bit() === 1;
  const hasOrderOfFields = reader.bit() === 1;
  if (reader.ue() !== 0) throw new Error('The PPS has slice groups, which are not read here.');
  reader.ue();
  reader.ue();
  const hasWeights = reader.bit() === 1;
  reader.bits(2);
  reader.se();
  reader.se();
  reader.se();
  return { isCabac, hasOrderOfFields, hasWeights, hasDeblockingControl: reader.bit() === 1 };
}
