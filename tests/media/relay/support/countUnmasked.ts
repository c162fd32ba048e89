import type { MaskPolygon } from '@commonsight/types/relay/masks';
import type { DecodedPicture } from './decodePictures.ts';

/** Grey of a mask: 64 of 255 in each colour, in the narrow range of video. */
const maskLuma = 71;
const noColour = 128;
/** What encoding may change. The pictures that the cameras send go from 16 to 235. */
const tolerance = 6;

/** How many pixels of a picture lie within a mask and do not have its colour. */
export function countUnmasked(picture: DecodedPicture, polygon: MaskPolygon): number {
  let count = 0;
  for (const index of pixelsWithin(polygon, picture.width, picture.height)) {
    if (!hasMaskColour(picture, index)) count += 1;
  }
  return count;
}

/** `index`: of the pixel, row by row. */
export function hasMaskColour({ width, height, bytes }: DecodedPicture, index: number): boolean {
  const pixels = width * height;
  const isOff = (value: number | undefined, wanted: number) => Math.abs((value ?? 0) - wanted) > tolerance;
  const x = index % width;
  const y = (index - x) / width;
  const colour = pixels + (y >> 1) * (width >> 1) + (x >> 1);
  return !(
    isOff(bytes[index], maskLuma) ||
    isOff(bytes[colour], noColour) ||
    isOff(bytes[colour + pixels / 4], noColour)
  );
}

/** By polygon and size: hundreds of pictures are looked at with the same few masks. */
const known = new Map<string, Uint32Array>();

function pixelsWithin(polygon: MaskPolygon, width: number, height: number): Uint32Array {
  const key = JSON.stringify([polygon, width, height]);
  let pixels = known.get(key);
  if (pixels === undefined) {
    const isIn = (index: number) =>
      isWithin(polygon, ((index % width) + 0.5) / width, (Math.floor(index / width) + 0.5) / height);
    pixels = Uint32Array.from({ length: width * height }, (_, index) => index).filter(isIn);
    known.set(key, pixels);
  }
  return pixels;
}

function isWithin(polygon: MaskPolygon, x: number, y: number): boolean {
  let isIn = false;
  for (const [index, [fromX, fromY]] of polygon.entries()) {
    const [toX, toY] = polygon[(index + 1) % polygon.length] ?? [0, 0];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isIn = !isIn;
  }
  return isIn;
}
