import type { Position, ViewCone } from '@commonsight/types/position';

const earthRadiusMetres = 6_371_008.8;
const radiansPerDegree = Math.PI / 180;
/** Of latitude; of longitude at the equator. */
export const metresPerDegree = earthRadiusMetres * radiansPerDegree;

/** The distance between two positions along the earth's surface (haversine). */
export function distanceMetres(from: Position, to: Position): number {
  const latitudes = (to.latitude - from.latitude) * radiansPerDegree;
  const longitudes = (to.longitude - from.longitude) * radiansPerDegree;
  const h =
    Math.sin(latitudes / 2) ** 2 +
    Math.cos(from.latitude * radiansPerDegree) *
      Math.cos(to.latitude * radiansPerDegree) *
      Math.sin(longitudes / 2) ** 2;
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The direction in which `to` lies from `from`, clockwise from north, in [0, 360). */
export function bearingDegrees(from: Position, to: Position): number {
  const [fromLatitude, toLatitude] = [from.latitude * radiansPerDegree, to.latitude * radiansPerDegree];
  const longitudes = (to.longitude - from.longitude) * radiansPerDegree;
  const y = Math.sin(longitudes) * Math.cos(toLatitude);
  const x =
    Math.cos(fromLatitude) * Math.sin(toLatitude) -
    Math.sin(fromLatitude) * Math.cos(toLatitude) * Math.cos(longitudes);
  return (Math.atan2(y, x) / radiansPerDegree + 360) % 360;
}

/** Whether a camera's view cone holds the point. */
export function coversPoint(camera: { position: Position; viewCone: ViewCone }, point: Position): boolean {
  const { bearingDegrees: axis, angleDegrees, rangeMetres } = camera.viewCone;
  const distance = distanceMetres(camera.position, point);
  if (distance > rangeMetres) return false;
  // A camera stands in its own picture's corner: from where it is, no direction is the right one.
  if (distance < 1) return true;
  const difference = Math.abs(((bearingDegrees(camera.position, point) - axis + 540) % 360) - 180);
  return difference <= angleDegrees / 2;
}

/** A box of degrees around a point; its west may lie east of its east, across the date line. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** The box that holds everything within `radiusMetres` of the point, for an index on latitude and longitude. */
export function boxAround(point: Position, radiusMetres: number): Box {
  const latitudes = radiusMetres / earthRadiusMetres / radiansPerDegree;
  const south = point.latitude - latitudes;
  const north = point.latitude + latitudes;
  // Near a pole every longitude is near.
  if (south <= -90 || north >= 90) return { south, north, west: -180, east: 180 };
  const widest = Math.max(Math.abs(south), Math.abs(north));
  const longitudes = latitudes / Math.cos(widest * radiansPerDegree);
  if (longitudes >= 180) return { south, north, west: -180, east: 180 };
  return { south, north, west: wrap(point.longitude - longitudes), east: wrap(point.longitude + longitudes) };
}

function wrap(longitude: number): number {
  return ((longitude + 540) % 360) - 180;
}
