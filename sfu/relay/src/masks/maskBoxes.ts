import { type MaskPoint, type MaskPolygon, mostShapeDifference } from '@commonsight/types/relay/masks';
import type { PictureSize } from '../ingest/readSps.ts';

/** Pixels of the picture. */
export interface MaskBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A macroblock of H.264, and a mask reaches one farther than its polygon: so each block that a polygon touches, and each
 * beside it, is grey all over, and what encoding smears over a mask's edge stays outside of the polygon.
 */
const leastCellPixels = 16;
/** They are named in one argument of a command, which the system limits to 128 KiB, and each is work for each picture. */
export const mostMaskBoxes = 1_000;

/**
 * The rectangles that hide the polygons in a picture of this size: whole cells, every one that a polygon comes near. Near
 * is up to a cell's side away, because the camera's own encoding smears a moving edge over the pixels beside it, and up to
 * what two pictures of one shape may be shifted against each other. Of slanted and comb-like polygons, which would be too
 * many, the cells are larger.
 * Rectangles, because filling one is the same few instructions whatever the picture holds, and nothing has to be blended.
 */
export function maskBoxes(polygons: readonly MaskPolygon[], size: PictureSize): MaskBox[] {
  const shapes = polygons.map((points) => points.map(([x, y]): MaskPoint => [x * size.width, y * size.height]));
  let cellPixels = leastCellPixels;
  let boxes = boxesOf(shapes, size, cellPixels);
  while (boxes.length > mostMaskBoxes) {
    cellPixels *= 2;
    boxes = boxesOf(shapes, size, cellPixels);
  }
  return boxes;
}

function boxesOf(shapes: readonly (readonly MaskPoint[])[], size: PictureSize, cellPixels: number): MaskBox[] {
  const reach = Math.max(cellPixels, Math.ceil(mostShapeDifference * Math.max(size.width, size.height)));
  const columns = Math.ceil(size.width / cellPixels);
  const rows = Math.ceil(size.height / cellPixels);
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  for (let row = 0; row < rows; row += 1) {
    const isHidden = (column: number) =>
      shapes.some((shape) => isNear(shape, column * cellPixels, row * cellPixels, cellPixels, reach));
    for (const [first, end] of runsOf(columns, isHidden)) {
      const [x, y] = [first * cellPixels, row * cellPixels];
      const width = Math.min(end * cellPixels, size.width) - x;
      const height = Math.min(cellPixels, size.height - y);
      const above = boxes.find((box) => box.x === x && box.width === width && box.y + box.height === y);
      if (above === undefined) boxes.push({ x, y, width, height });
      else above.height += height;
    }
  }
  return boxes;
}

/** From and to (not included) of what fits, in 0 to count. */
function runsOf(count: number, fits: (index: number) => boolean): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (let index = 0; index < count; index += 1) {
    if (!fits(index)) continue;
    const last = runs.at(-1);
    if (last?.[1] === index) last[1] = index + 1;
    else runs.push([index, index + 1]);
  }
  return runs;
}

/** Whether the polygon has a point in common with the cell and what is around it up to `reach`. */
function isNear(shape: readonly MaskPoint[], cellX: number, cellY: number, cellPixels: number, reach: number): boolean {
  const [left, right] = [cellX - reach, cellX + cellPixels + reach];
  const [top, bottom] = [cellY - reach, cellY + cellPixels + reach];
  const isBeside = (axis: 0 | 1, from: number, to: number) =>
    shape.every((point) => point[axis] < from) || shape.every((point) => point[axis] > to);
  if (isBeside(0, left, right) || isBeside(1, top, bottom)) return false;
  for (const [index, from] of shape.entries()) {
    const to = shape[(index + 1) % shape.length] ?? from;
    if (doesPass(from, to, left, top, right, bottom)) return true;
  }
  return isInside(shape, (left + right) / 2, (top + bottom) / 2);
}

/** Whether a side passes through a rectangle (after Liang and Barsky, 1984). */
function doesPass(
  [fromX, fromY]: MaskPoint,
  [toX, toY]: MaskPoint,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  let enters = 0;
  let leaves = 1;
  for (const [from, to, least, most] of [
    [fromX, toX, left, right],
    [fromY, toY, top, bottom],
  ] as const) {
    const step = to - from;
    if (step === 0) {
      if (from < least || from > most) return false;
      continue;
    }
    const ends = [(least - from) / step, (most - from) / step];
    enters = Math.max(enters, Math.min(...ends));
    leaves = Math.min(leaves, Math.max(...ends));
  }
  return enters <= leaves;
}

function isInside(shape: readonly MaskPoint[], x: number, y: number): boolean {
  let isIn = false;
  for (const [index, [fromX, fromY]] of shape.entries()) {
    const [toX, toY] = shape[(index + 1) % shape.length] ?? [0, 0];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isIn = !isIn;
  }
  return isIn;
}
