import type { PictureSize } from '../ingest/readSps.ts';

/** The size of a picture as it is typed, such as `1280x720`. Throws a sentence for what is none. */
export function parseSize(text: string): PictureSize {
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(text) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const isSize = [size.width, size.height].every((side) => side >= 64 && side % 2 === 0);
  if (!isSize) throw new Error('--size has the form 1280x720, even and at least 64x64. See relay --help.');
  return size;
}
