import type { Position } from '@commonsight/types/position';
import type { FoundSource, SearchShape } from '@commonsight/types/search';
import type { Feature, FeatureCollection } from 'geojson';
import { boundsOf, circleRing, coneRing, toCoordinate } from '../map/geometry.ts';

/** The place that is asked about; of a route its middle line, drawn as wide as a line of the map can be. */
export function shapeFeatures(shape: SearchShape | null): FeatureCollection {
  if (shape === null) return collection([]);
  if (shape.kind === 'route') {
    return collection([
      {
        type: 'Feature',
        properties: {},
        geometry: { type: 'LineString', coordinates: shape.vertices.map(toCoordinate) },
      },
    ]);
  }
  return collection([{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ringOf(shape)] } }]);
}

/** A point for what has corners too: the middle of the box around them. */
export function middleOf(shape: SearchShape): Position {
  if (shape.kind === 'point') return shape.point;
  if (shape.kind === 'circle') return shape.centre;
  const { west, south, east, north } = boundsOf(shape.vertices) ?? { west: 0, south: 0, east: 0, north: 0 };
  return { latitude: (south + north) / 2, longitude: (west + east) / 2 };
}

/** What has to be seen for all of the place to be seen. */
export function outlineOf(shape: SearchShape): Position[] {
  if (shape.kind === 'route') return shape.vertices;
  return ringOf(shape).map(([longitude, latitude]) => ({ latitude, longitude }));
}

function ringOf(shape: Exclude<SearchShape, { kind: 'route' }>) {
  if (shape.kind === 'point') return circleRing(shape.point, shape.radiusMetres);
  if (shape.kind === 'circle') return circleRing(shape.centre, shape.radiusMetres);
  return [...shape.vertices, ...shape.vertices.slice(0, 1)].map(toCoordinate);
}

/** What the found cameras see; `isLit` the one that is looked at. */
export function foundCones(sources: readonly FoundSource[], litId: string | null): FeatureCollection {
  return collection(
    sources.map(({ id, position, viewCone, kind }) => ({
      type: 'Feature',
      properties: { isLit: id === litId, isLive: kind === 'live' },
      geometry: { type: 'Polygon', coordinates: [coneRing(position, viewCone)] },
    })),
  );
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
