import { describe, expect, test } from 'vitest';
import { boundsOf, circleRing, coneRing, destination, distanceMetres, isWithin, toWorldPixels } from './geometry.ts';

const centre = { latitude: 43.04, longitude: -87.91 };
const at = ([longitude, latitude]: [number, number]) => ({ latitude, longitude });

describe('distance and destination', () => {
  test('a degree of latitude is 111.2 km', () => {
    expect(distanceMetres(centre, { latitude: 44.04, longitude: -87.91 })).toBeCloseTo(111_195, -1);
  });

  test('going somewhere and measuring gives the way that was gone, at every bearing', () => {
    for (let bearing = 0; bearing < 360; bearing += 30) {
      expect(distanceMetres(centre, destination(centre, bearing, 250))).toBeCloseTo(250, 6);
    }
  });

  test('east is east', () => {
    const east = destination(centre, 90, 1000);
    expect(east.longitude).toBeGreaterThan(centre.longitude);
    expect(east.latitude).toBeCloseTo(centre.latitude, 4);
  });

  test('the date line is crossed, not fallen off', () => {
    const past = destination({ latitude: 0, longitude: 179.999 }, 90, 1000);
    expect(past.longitude).toBeLessThan(-179);
  });
});

describe('view cones', () => {
  const cone = { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 60 };

  test('a cone starts and ends at the camera and reaches its range', () => {
    const ring = coneRing(centre, cone);
    expect(ring[0]).toEqual([-87.91, 43.04]);
    expect(ring.at(-1)).toEqual(ring[0]);
    for (const point of ring.slice(1, -1)) expect(distanceMetres(centre, at(point))).toBeCloseTo(60, 6);
  });

  test('a cone to the north opens to both sides alike', () => {
    const ring = coneRing(centre, cone);
    const left = at(ring[1] ?? [0, 0]);
    const right = at(ring.at(-2) ?? [0, 0]);
    expect(centre.longitude - left.longitude).toBeCloseTo(right.longitude - centre.longitude, 9);
    expect(left.latitude).toBeGreaterThan(centre.latitude);
  });

  test('a cone across north keeps its arc together', () => {
    const ring = coneRing(centre, { ...cone, bearingDegrees: 350 });
    for (const point of ring.slice(1, -1)) expect(at(point).latitude).toBeGreaterThan(centre.latitude);
  });

  test('a camera that sees all around has a circle without its own point', () => {
    const ring = coneRing(centre, { ...cone, angleDegrees: 360 });
    for (const point of ring) expect(distanceMetres(centre, at(point))).toBeCloseTo(60, 6);
    expect(ring.at(-1)).toEqual(ring[0]);
  });

  test('a narrow cone has an arc too', () => {
    expect(coneRing(centre, { ...cone, angleDegrees: 1 }).length).toBeGreaterThanOrEqual(5);
  });
});

test('a ring is closed and everywhere as far away', () => {
  const ring = circleRing(centre, 500);
  expect(ring).toHaveLength(73);
  expect(ring.at(-1)).toEqual(ring[0]);
  for (const point of ring) expect(distanceMetres(centre, at(point))).toBeCloseTo(500, 6);
});

test('bounds hold what they were made of, and nothing has none', () => {
  expect(boundsOf([])).toBeNull();
  const other = { latitude: 43.05, longitude: -87.95 };
  const bounds = boundsOf([centre, other]);
  expect(bounds).toEqual({ west: -87.95, south: 43.04, east: -87.91, north: 43.05 });
  expect(bounds !== null && isWithin(centre, bounds)).toBe(true);
  expect(bounds !== null && isWithin({ latitude: 43.06, longitude: -87.92 }, bounds)).toBe(false);
});

test('world pixels double with every zoom', () => {
  const near = toWorldPixels(centre, 10);
  const nearer = toWorldPixels(centre, 11);
  expect(nearer.x).toBeCloseTo(near.x * 2, 6);
  expect(nearer.y).toBeCloseTo(near.y * 2, 6);
  expect(toWorldPixels({ latitude: 0, longitude: 0 }, 0)).toEqual({ x: 256, y: 256 });
});
