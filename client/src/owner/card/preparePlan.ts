import { largestSitePlanBytes, longestSitePlanSide } from '@commonsight/types/site-card';

/** By so much a picture that is too large is made smaller, again and again. */
const step = 0.8;
/** Below this no room of a floor plan can be told any more. */
const shortestSide = 400;

/**
 * Makes a PNG of a picture of any kind that the browser shows, as large as is taken at most. Drawn anew, it has nothing of
 * the file but its pixels: no place, no device, no name. Throws a sentence for what is no picture.
 */
export async function preparePlan(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) throw new Error('This file is no picture that your browser can show. Choose a PNG or a JPEG.');
  try {
    const longer = Math.max(picture.width, picture.height);
    let side = Math.min(longer, longestSitePlanSide);
    for (;;) {
      const drawn = await draw(picture, side / longer);
      if (drawn.length <= largestSitePlanBytes) return drawn;
      if (side <= shortestSide)
        throw new Error('This picture is too large. Choose a drawing in place of a photograph.');
      side = Math.max(shortestSide, Math.floor(side * step));
    }
  } finally {
    picture.close();
  }
}

async function draw(picture: ImageBitmap, scale: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('Your browser cannot draw this picture.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, 'image/png');
  const blob = await promise;
  if (blob === null) throw new Error('Your browser cannot draw this picture.');
  return new Uint8Array(await blob.arrayBuffer());
}
