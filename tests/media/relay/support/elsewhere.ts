import { createHash } from 'node:crypto';
import type { MaskPolygon } from '@commonsight/types/relay/masks';
import { hasMaskColour } from './countUnmasked.ts';
import type { DecodedPicture } from './decodePictures.ts';

/** More than the cells around a mask, in pixels. */
const margin = 34;

/** What a picture shows beside all masks: the share of it that has the masks' colour, and the luma of it as a digest. */
export function elsewhere(
  picture: DecodedPicture,
  polygons: readonly MaskPolygon[],
): { hiddenShare: number; digest: string } {
  const { width, height, bytes } = picture;
  const boxes = polygons.map((polygon) => {
    const [columns, rows] = [polygon.map(([x]) => x * width), polygon.map(([, y]) => y * height)];
    return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)] as const;
  });
  const seen = Buffer.alloc(width * height);
  let [all, hidden] = [0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isNear = boxes.some(
        ([left, right, top, bottom]) =>
          x > left - margin && x < right + margin && y > top - margin && y < bottom + margin,
      );
      if (isNear) continue;
      seen[all] = bytes[y * width + x] ?? 0;
      all += 1;
      if (hasMaskColour(picture, y * width + x)) hidden += 1;
    }
  }
  if (all === 0) throw new Error('The masks leave nothing of the picture.');
  return { hiddenShare: hidden / all, digest: createHash('sha256').update(seen).digest('hex') };
}
