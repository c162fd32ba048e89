import { BitReader, withoutEmulationPrevention } from './BitReader.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const profilesWithChroma = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];
const largestSide = 16_384;

/** The size of the picture that a sequence parameter set describes (ITU-T H.264, 7.3.2.1.1); undefined if it is none. */
export function readSps(sps: Buffer): PictureSize | undefined {
  const reader = new BitReader(withoutEmulationPrevention(sps.subarray(1)));
  const profile = reader.bits(8);
  reader.bits(16);
  reader.unsigned();
  const chromaFormat = profilesWithChroma.includes(profile) ? readChroma(reader) : 1;
  reader.unsigned();
  skipPictureOrder(reader);
  reader.unsigned();
  reader.bit();
  const widthInMacroblocks = reader.unsigned() + 1;
  const heightInMapUnits = reader.unsigned() + 1;
  const isFramesOnly = reader.bit();
  if (isFramesOnly === 0) reader.bit();
  reader.bit();
  const crop = reader.bit() === 1 ? [0, 0, 0, 0].map(() => reader.unsigned()) : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const cropUnitX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const cropUnitY = (chromaFormat === 1 ? 2 : 1) * (2 - isFramesOnly);
  const width = widthInMacroblocks * 16 - (left + right) * cropUnitX;
  const height = heightInMapUnits * 16 * (2 - isFramesOnly) - (top + bottom) * cropUnitY;
  const isSize = width > 0 && height > 0 && width <= largestSide && height <= largestSide;
  return isSize && !reader.isExhausted ? { width, height } : undefined;
}

function readChroma(reader: BitReader): number {
  const chromaFormat = reader.unsigned();
  const isSeparate = chromaFormat === 3 && reader.bit() === 1;
  reader.unsigned();
  reader.unsigned();
  reader.bit();
  if (reader.bit() === 1) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let list = 0; list < lists; list += 1) if (reader.bit() === 1) skipScalingList(reader, list < 6 ? 16 : 64);
  }
  return isSeparate ? 0 : chromaFormat;
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index += 1) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.unsigned();
  if (type === 0) reader.unsigned();
  if (type !== 1) return;
  reader.bit();
  reader.signed();
  reader.signed();
  const cycle = reader.unsigned();
  for (let index = 0; index < cycle && !reader.isExhausted; index += 1) reader.signed();
}
