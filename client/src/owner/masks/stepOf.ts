import type { MaskPoint } from '@commonsight/types/relay/masks';

/** In parts of the picture: one in a hundred, or with Shift five. */
const smallStep = 0.01;
const largeStep = 0.05;

const directions: Readonly<Record<string, MaskPoint>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key moves something on the picture; null for every other key. */
export function stepOf({ key, shiftKey }: { key: string; shiftKey: boolean }): MaskPoint | null {
  const direction = directions[key];
  if (direction === undefined) return null;
  const step = shiftKey ? largeStep : smallStep;
  return [direction[0] * step, direction[1] * step];
}
