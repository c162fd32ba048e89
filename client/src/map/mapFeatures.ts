import type { Camera } from '@commonsight/types/camera';
import type { Id } from '@commonsight/types/ids';
import type { Position } from '@commonsight/types/position';
import type { Feature, FeatureCollection } from 'geojson';
import { couldShow } from './cameraMark.ts';
import { circleRing, coneRing, destination, toCoordinate } from './geometry.ts';

/** The rings around the selected incident: walking distance, the next corner, in reach. */
export const ringRadiiMetres = [100, 250, 500] as const;

/** The view cones of all cameras; `isLit` those under the pointer, `isUsable` those that could show a picture. */
export function coneFeatures(cameras: readonly Camera[], litIds: ReadonlySet<Id>): FeatureCollection {
  return collection(
    cameras.map((camera) => ({
      type: 'Feature',
      properties: { id: camera.id, isLit: litIds.has(camera.id), isUsable: couldShow(camera) },
      geometry: { type: 'Polygon', coordinates: [coneRing(camera.position, camera.viewCone)] },
    })),
  );
}

/** Range rings as lines, and a point at the north of each for its words. Nothing without a centre. */
export function ringFeatures(centre: Position | null): FeatureCollection {
  if (centre === null) return collection([]);
  return collection(
    ringRadiiMetres.flatMap((radius): Feature[] => [
      {
        type: 'Feature',
        properties: { kind: 'ring' },
        geometry: { type: 'LineString', coordinates: circleRing(centre, radius) },
      },
      {
        type: 'Feature',
        properties: { kind: 'label', words: `${String(radius)} m` },
        geometry: { type: 'Point', coordinates: toCoordinate(destination(centre, 0, radius)) },
      },
    ]),
  );
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
