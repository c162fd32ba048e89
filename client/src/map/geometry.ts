import type { Position, ViewCone } from '@commonsight/types/position';

/** GeoJSON's order: longitude first. */
export type Coordinate = [longitude: number, latitude: number];

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

const earthRadiusMetres = 6_371_008.8;
const degree = Math.PI / 180;

export function toCoordinate({ latitude, longitude }: Position): Coordinate {
  return [longitude, latitude];
}

/** Great-circle distance (haversine). */
export function distanceMetres(from: Position, to: Position): number {
  const halfLatitude = Math.sin(((to.latitude - from.latitude) * degree) / 2);
  const halfLongitude = Math.sin(((to.longitude - from.longitude) * degree) / 2);
  const chord =
    halfLatitude ** 2 + Math.cos(from.latitude * degree) * Math.cos(to.latitude * degree) * halfLongitude ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Where one arrives, going straight at a bearing. */
export function destination(from: Position, bearingDegrees: number, metres: number): Position {
  const angle = metres / earthRadiusMetres;
  const bearing = bearingDegrees * degree;
  const latitude = from.latitude * degree;
  const arrivedLatitude = Math.asin(
    Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing),
  );
  const turned = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude),
    Math.cos(angle) - Math.sin(latitude) * Math.sin(arrivedLatitude),
  );
  const longitude = from.longitude + turned / degree;
  return { latitude: arrivedLatitude / degree, longitude: ((longitude + 540) % 360) - 180 };
}

/**
 * A camera's view cone as a closed ring: the camera, then an arc from left to right, one point for every five degrees.
 * A camera that sees all around gets a circle without the camera's own point.
 */
export function coneRing(position: Position, cone: ViewCone): Coordinate[] {
  const sweep = Math.min(360, cone.angleDegrees);
  const isCircle = sweep === 360;
  const steps = Math.max(2, Math.ceil(sweep / 5));
  const arc = Array.from({ length: steps + 1 }, (_, index) => {
    const bearing = cone.bearingDegrees - sweep / 2 + (sweep * index) / steps;
    return toCoordinate(destination(position, bearing, cone.rangeMetres));
  });
  if (isCircle) return closed(arc.slice(0, -1));
  return closed([toCoordinate(position), ...arc]);
}

/** An area's border as a closed ring, with the corners alone. */
export function areaRing({ south, west, north, east }: Bounds): Coordinate[] {
  return closed([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]);
}

/** A circle as a closed ring of 72 points, from the north clockwise. */
export function circleRing(centre: Position, radiusMetres: number): Coordinate[] {
  return closed(Array.from({ length: 72 }, (_, index) => toCoordinate(destination(centre, index * 5, radiusMetres))));
}

/** The smallest box around positions; null when there are none. */
export function boundsOf(positions: readonly Position[]): Bounds | null {
  if (positions.length === 0) return null;
  const latitudes = positions.map(({ latitude }) => latitude);
  const longitudes = positions.map(({ longitude }) => longitude);
  return {
    west: Math.min(...longitudes),
    south: Math.min(...latitudes),
    east: Math.max(...longitudes),
    north: Math.max(...latitudes),
  };
}

export function isWithin({ latitude, longitude }: Position, bounds: Bounds): boolean {
  return latitude >= bounds.south && latitude <= bounds.north && longitude >= bounds.west && longitude <= bounds.east;
}

/** Pixels of the whole world at a zoom, in Web Mercator with the map libraries' tiles of 512 pixels. */
export function toWorldPixels({ latitude, longitude }: Position, zoom: number): { x: number; y: number } {
  const size = 512 * 2 ** zoom;
  const sine = Math.sin(latitude * degree);
  return {
    x: ((longitude + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}

function closed(ring: Coordinate[]): Coordinate[] {
  const first = ring[0];
  return first === undefined ? ring : [...ring, first];
}
