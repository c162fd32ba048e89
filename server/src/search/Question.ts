import type { Position, ViewCone } from '@commonsight/types/position';
import { longestSearchMetres, type SearchShape } from '@commonsight/types/search';
import { type Box, boxAround, coversPoint, distanceMetres } from '../cameras/reach.ts';
import { CodedError } from '../errors.ts';
import { centreOf, edgesOf, gapBetween, gapTo, holds, outlineOf, planeAround, type Spot } from './plane.ts';

/** What the shape of a question says about one camera; null: it has no place in the answer. */
export interface Judged {
  sees: boolean;
  distanceMetres: number;
}

export interface Question {
  /** The box around the shape. Whatever has a place in the answer has a view that overlaps it. */
  box: Box;
  judge: (camera: { position: Position; viewCone: ViewCone }) => Judged | null;
}

/** Makes a shape a question. Throws `badRequest` for one that is too long. */
export function questionOf(shape: SearchShape): Question {
  if (shape.kind === 'point') return aboutPoint(shape.point, shape.radiusMetres);
  if (shape.kind === 'circle') return aboutSpots([shape.centre], shape.radiusMetres, false);
  const marginMetres = shape.kind === 'route' ? shape.widthMetres / 2 : 0;
  return aboutSpots(shape.vertices, marginMetres, shape.kind === 'polygon');
}

function aboutPoint(point: Position, radiusMetres: number): Question {
  return {
    box: boxAround(point, radiusMetres),
    judge: (camera) => {
      const distance = distanceMetres(camera.position, point);
      const sees = coversPoint(camera, point);
      return sees || distance <= radiusMetres ? { sees, distanceMetres: distance } : null;
    },
  };
}

/** About all that is within a margin of a spot, of a line, or of a closed and filled outline. */
function aboutSpots(positions: readonly Position[], marginMetres: number, isFilled: boolean): Question {
  const box = boxOf(positions, marginMetres);
  const toSpot = planeAround({ latitude: (box.south + box.north) / 2, longitude: (box.west + box.east) / 2 });
  const spots = positions.map(toSpot);
  const edges = edgesOf(spots, isFilled);
  const isIn = (spot: Spot) => isFilled && holds(edges, spot);
  const middle = isFilled ? centreOf(spots) : null;
  const middleGap = (spot: Spot) =>
    middle === null ? Math.min(...edges.map((edge) => gapTo(spot, edge))) : gapTo(spot, [middle, middle]);
  return {
    box,
    judge: ({ position, viewCone }) => {
      const at = toSpot(position);
      const gaps = edges.map((edge) => gapTo(at, edge) - marginMetres);
      const nearest = isIn(at) ? 0 : Math.max(0, Math.min(...gaps));
      // Those that stand in it would all be as near as each other: the middle of what happened tells them apart.
      const judged = { sees: true, distanceMetres: middleGap(at) };
      // What it sees of a shape begins where it stands.
      if (nearest === 0) return judged;
      if (nearest > viewCone.rangeMetres) return null;
      const near = edges.filter((_, index) => (gaps[index] ?? 0) <= viewCone.rangeMetres);
      const outline = outlineOf(at, viewCone);
      const sides = edgesOf(outline, true);
      const sees =
        near.some(([from, to]) => holds(sides, from) || holds(sides, to)) ||
        sides.some((side) => near.some((edge) => gapBetween(side, edge) <= marginMetres));
      return sees ? judged : null;
    },
  };
}

/** Throws `badRequest` when it is too long. */
function boxOf(positions: readonly Position[], marginMetres: number): Box {
  const latitudes = positions.map(({ latitude }) => latitude);
  const longitudes = positions.map(({ longitude }) => longitude);
  const [low, high] = [
    { latitude: Math.min(...latitudes), longitude: Math.min(...longitudes) },
    { latitude: Math.max(...latitudes), longitude: Math.max(...longitudes) },
  ];
  // The short way round the earth leads over the date line there, and the box would not.
  const isOverDateLine = high.longitude - low.longitude > 180;
  if (isOverDateLine || distanceMetres(low, high) > longestSearchMetres) {
    throw new CodedError('badRequest', `shape: at most ${longestSearchMetres / 1_000} kilometres from end to end.`);
  }
  const [southWest, northEast] = [boxAround(low, marginMetres), boxAround(high, marginMetres)];
  return { south: southWest.south, west: southWest.west, north: northEast.north, east: northEast.east };
}
