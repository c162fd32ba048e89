import { assert, double, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bearingDegrees, boxAround, coversPoint, distanceMetres } from './reach.ts';

const here = { latitude: 43.04, longitude: -87.91 };
/** One thousandth of a degree of latitude. */
const stepMetres = 111.195;
const north = { latitude: 43.041, longitude: -87.91 };
const east = { latitude: 43.04, longitude: -87.909 };

test('distances along a meridian and a parallel', () => {
  expect(distanceMetres(here, north)).toBeCloseTo(stepMetres, 1);
  expect(distanceMetres(here, east)).toBeCloseTo(stepMetres * Math.cos((43.04 * Math.PI) / 180), 1);
  expect(distanceMetres(here, here)).toBe(0);
});

test('bearings', () => {
  expect(bearingDegrees(here, north)).toBeCloseTo(0, 3);
  expect(bearingDegrees(here, east)).toBeCloseTo(90, 2);
  expect(bearingDegrees(north, here)).toBeCloseTo(180, 3);
});

describe('a view cone', () => {
  const camera = (bearing: number, angleDegrees: number, rangeMetres: number) => ({
    position: here,
    viewCone: { bearingDegrees: bearing, angleDegrees, rangeMetres },
  });

  test('holds what is in its direction and range', () => {
    expect(coversPoint(camera(0, 60, 150), north)).toBe(true);
    expect(coversPoint(camera(0, 60, 100), north)).toBe(false);
    expect(coversPoint(camera(90, 60, 150), north)).toBe(false);
  });

  test('reaches over north', () => {
    expect(coversPoint(camera(350, 40, 150), north)).toBe(true);
    expect(coversPoint(camera(10, 40, 150), north)).toBe(true);
    expect(coversPoint(camera(330, 40, 150), north)).toBe(false);
  });

  test('of 360 degrees holds every direction', () => {
    expect(coversPoint(camera(180, 360, 150), north)).toBe(true);
  });

  test('holds the point where the camera is', () => {
    expect(coversPoint(camera(180, 10, 150), here)).toBe(true);
  });
});

test('a box holds every point within its radius', () => {
  const latitude = double({ min: -90, max: 90, noNaN: true });
  const longitude = double({ min: -180, max: 180, noNaN: true });
  const position = record({ latitude, longitude });
  const nearby = record({
    from: position,
    latitudes: double({ min: -0.06, max: 0.06, noNaN: true }),
    longitudes: double({ min: -2, max: 2, noNaN: true }),
  });
  assert(
    property(nearby, ({ from, latitudes, longitudes }) => {
      const to = {
        latitude: Math.max(-90, Math.min(90, from.latitude + latitudes)),
        longitude: ((from.longitude + longitudes + 540) % 360) - 180,
      };
      if (distanceMetres(from, to) > 5_000) return;
      const box = boxAround(from, 5_000);
      const isBetween =
        box.west <= box.east
          ? to.longitude >= box.west - 1e-9 && to.longitude <= box.east + 1e-9
          : to.longitude >= box.west - 1e-9 || to.longitude <= box.east + 1e-9;
      expect(isBetween && to.latitude >= box.south && to.latitude <= box.north).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
