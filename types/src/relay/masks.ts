import { z } from 'zod';

/** From the picture's upper left corner: 0 to 1 of its width, 0 to 1 of its height, whatever the stream's size. */
const maskPointSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

export type MaskPoint = z.infer<typeof maskPointSchema>;

export const mostMaskPolygons = 16;
export const mostMaskPoints = 32;

/** Of the picture. Less is a slip of the hand: a hundred pixels of a million. */
const smallestArea = 0.0001;

/** A part of a camera's picture that never leaves the site. Its sides meet at its corners and nowhere else. */
export const maskPolygonSchema = z
  .array(maskPointSchema)
  .min(3, 'A mask has at least three points.')
  .max(mostMaskPoints, `A mask has at most ${mostMaskPoints} points.`)
  .refine(isSimpleMask, 'The sides of a mask cross or touch each other. Give its corners in order, each once.')
  .refine((points) => areaOf(points) >= smallestArea, 'A mask covers at least a ten-thousandth of the picture.');

export type MaskPolygon = z.infer<typeof maskPolygonSchema>;

const largestSide = 16_384;

/** All masks of one camera. A camera without masks is not named, so that no document says nothing in two ways. */
export const cameraMasksSchema = z.strictObject({
  /**
   * Of the picture on which they were drawn, pixels: in a stream whose picture has another shape the same part of it shows
   * something else.
   */
  width: z.int().min(1).max(largestSide),
  height: z.int().min(1).max(largestSide),
  polygons: z.array(maskPolygonSchema).min(1).max(mostMaskPolygons, `A camera has at most ${mostMaskPolygons} masks.`),
});

export type CameraMasks = z.infer<typeof cameraMasksSchema>;

/**
 * Of the relation of width to height; streams of one camera are rounded to whole blocks of pixels. A picture that is one side
 * shorter by so much may be shifted against the other by as much of it, so masks reach so far around what they hide.
 */
export const mostShapeDifference = 0.01;

/** Whether masks that were drawn on a picture of one size hide the same in one of the other. */
export function haveSameShape(one: PictureShape, other: PictureShape): boolean {
  const relation = (one.width * other.height) / (one.height * other.width);
  return Math.max(relation, 1 / relation) <= 1 + mostShapeDifference;
}

interface PictureShape {
  readonly width: number;
  readonly height: number;
}

/** Of the picture, 0 to 1. */
function areaOf(points: readonly MaskPoint[]): number {
  const doubled = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = at(points, index + 1);
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

/** Whether its sides meet at its corners and nowhere else. */
export function isSimpleMask(points: readonly MaskPoint[]): boolean {
  const count = points.length;
  for (let one = 0; one < count; one += 1) {
    if (isFoldedBack(at(points, one), at(points, one + 1), at(points, one + 2))) return false;
    for (let other = one + 2; other < count; other += 1) {
      const areNeighbours = one === 0 && other === count - 1;
      if (areNeighbours) continue;
      if (doMeet(at(points, one), at(points, one + 1), at(points, other), at(points, other + 1))) return false;
    }
  }
  return true;
}

/** Whether the side behind a corner lies on the one before it; also when two corners are the same point. */
function isFoldedBack(before: MaskPoint, corner: MaskPoint, after: MaskPoint): boolean {
  if (turn(before, corner, after) !== 0) return false;
  return (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1]) >= 0;
}

/** Whether two sides have a point in common. */
function doMeet(from: MaskPoint, to: MaskPoint, otherFrom: MaskPoint, otherTo: MaskPoint): boolean {
  const [a, b] = [turn(from, to, otherFrom), turn(from, to, otherTo)];
  const [c, d] = [turn(otherFrom, otherTo, from), turn(otherFrom, otherTo, to)];
  if (a !== b && c !== d && a * b <= 0 && c * d <= 0) return true;
  return (
    (a === 0 && isBetween(from, to, otherFrom)) ||
    (b === 0 && isBetween(from, to, otherTo)) ||
    (c === 0 && isBetween(otherFrom, otherTo, from)) ||
    (d === 0 && isBetween(otherFrom, otherTo, to))
  );
}

/** The side of the line `from` to `to` on which a point is: 1, -1, or 0 for on it. */
function turn([fromX, fromY]: MaskPoint, [toX, toY]: MaskPoint, [x, y]: MaskPoint): number {
  return Math.sign((toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX));
}

/** For a point on the line: whether it is on the side. */
function isBetween(from: MaskPoint, to: MaskPoint, point: MaskPoint): boolean {
  return [0, 1].every((axis) => {
    const [start = 0, end = 0, value = 0] = [from[axis], to[axis], point[axis]];
    return value >= Math.min(start, end) && value <= Math.max(start, end);
  });
}

function at(points: readonly MaskPoint[], index: number): MaskPoint {
  return points[index % points.length] ?? [0, 0];
}
