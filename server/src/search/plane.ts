import type { Position, ViewCone } from '@commonsight/types/position';
import { metresPerDegree } from '../cameras/reach.ts';

/** Metres east and north of an origin. Flat: good to a thousandth within the ten kilometres that a question reaches. */
export interface Spot {
  x: number;
  y: number;
}

const radiansPerDegree = Math.PI / 180;
/** Of a view cone's arc, between two corners of its outline. */
const arcStepDegrees = 5;

/** How positions become spots around the origin. */
export function planeAround(origin: Position): (position: Position) => Spot {
  const across = metresPerDegree * Math.cos(origin.latitude * radiansPerDegree);
  return ({ latitude, longitude }) => ({
    x: (longitude - origin.longitude) * across,
    y: (latitude - origin.latitude) * metresPerDegree,
  });
}

/** The outline of what a camera sees, closed by itself: the camera, then the arc clockwise. */
export function outlineOf(at: Spot, { bearingDegrees, angleDegrees, rangeMetres }: ViewCone): Spot[] {
  const steps = Math.max(1, Math.ceil(angleDegrees / arcStepDegrees));
  const arc = Array.from({ length: steps + 1 }, (_, step) => {
    const bearing = (bearingDegrees - angleDegrees / 2 + (angleDegrees * step) / steps) * radiansPerDegree;
    return { x: at.x + rangeMetres * Math.sin(bearing), y: at.y + rangeMetres * Math.cos(bearing) };
  });
  return angleDegrees >= 360 ? arc : [at, ...arc];
}

/** Whether the closed outline with these edges holds the spot (even-odd rule). */
export function holds(edges: readonly (readonly [Spot, Spot])[], { x, y }: Spot): boolean {
  let isInside = false;
  for (const [from, to] of edges) {
    if (from.y > y !== to.y > y && x < ((to.x - from.x) * (y - from.y)) / (to.y - from.y) + from.x) {
      isInside = !isInside;
    }
  }
  return isInside;
}

/** The centre of gravity of a closed and filled outline; of one without an area the mean of its corners. */
export function centreOf(spots: readonly Spot[]): Spot {
  let [twice, x, y] = [0, 0, 0];
  for (const [from, to] of edgesOf(spots, true)) {
    const turn = from.x * to.y - to.x * from.y;
    twice += turn;
    x += (from.x + to.x) * turn;
    y += (from.y + to.y) * turn;
  }
  if (Math.abs(twice) >= 1) return { x: x / (3 * twice), y: y / (3 * twice) };
  const mean = (read: (spot: Spot) => number) => spots.reduce((sum, spot) => sum + read(spot), 0) / spots.length;
  return { x: mean((spot) => spot.x), y: mean((spot) => spot.y) };
}

/** The lines between neighbours; a single spot is a line without length. */
export function edgesOf(spots: readonly Spot[], isClosed: boolean): [Spot, Spot][] {
  const [first] = spots;
  if (first === undefined) return [];
  if (spots.length === 1) return [[first, first]];
  return spots.flatMap((from, index): [Spot, Spot][] => {
    const to = spots[index + 1] ?? (isClosed ? first : undefined);
    return to === undefined ? [] : [[from, to]];
  });
}

/** The distance between two lines, 0 where they cross. Metres. */
export function gapBetween(a: readonly [Spot, Spot], b: readonly [Spot, Spot]): number {
  if (cross(a, b)) return 0;
  return Math.min(gapTo(a[0], b), gapTo(a[1], b), gapTo(b[0], a), gapTo(b[1], a));
}

/** The distance of a spot from a line. Metres. */
export function gapTo({ x, y }: Spot, [from, to]: readonly [Spot, Spot]): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

function cross([a, b]: readonly [Spot, Spot], [c, d]: readonly [Spot, Spot]): boolean {
  const side = (from: Spot, to: Spot, of: Spot) =>
    Math.sign((to.x - from.x) * (of.y - from.y) - (to.y - from.y) * (of.x - from.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
