import type { MaskPoint } from '@commonsight/types/relay/masks';
import { inPicture } from './maskDrawing.ts';

/** Where a pointer is on a picture, in parts of its width and height. */
export function pointIn(
  picture: Pick<HTMLElement, 'getBoundingClientRect'> | null,
  { clientX, clientY }: { clientX: number; clientY: number },
): MaskPoint {
  const box = picture?.getBoundingClientRect();
  if (box === undefined || box.width === 0 || box.height === 0) return [0, 0];
  return inPicture([(clientX - box.left) / box.width, (clientY - box.top) / box.height]);
}
