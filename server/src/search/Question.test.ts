import type { SearchShape } from '@commonsight/types/search';
import { assert, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { questionOf } from './Question.ts';

const here = { latitude: 43.04, longitude: -87.91 };
/** About 111 metres. */
const step = 0.001;
const at = (north: number, east: number) => ({
  latitude: here.latitude + north * step,
  longitude: here.longitude + (east * step) / Math.cos((here.latitude * Math.PI) / 180),
});
const camera = (position: typeof here, bearingDegrees: number, rangeMetres = 150, angleDegrees = 60) => ({
  position,
  viewCone: { bearingDegrees, angleDegrees, rangeMetres },
});
const judge = (shape: SearchShape, ...of: Parameters<typeof camera>) => questionOf(shape).judge(camera(...of));

describe('about a point', () => {
  const shape: SearchShape = { kind: 'point', point: here, radiusMetres: 120 };

  test('a camera that sees it has a place, however far it stands', () => {
    expect(judge(shape, at(-1.2, 0), 0, 200)).toMatchObject({ sees: true });
    expect(judge(shape, at(-1.2, 0), 0, 200)?.distanceMetres).toBeCloseTo(133, 0);
  });

  test('one that looks away has a place within the radius alone', () => {
    expect(judge(shape, at(-1, 0), 180)).toMatchObject({ sees: false });
    expect(judge(shape, at(-1.2, 0), 180)).toBeNull();
  });
});

describe('about a circle', () => {
  const shape: SearchShape = { kind: 'circle', centre: here, radiusMetres: 50 };

  test('a camera sees it that sees a part of it', () => {
    expect(judge(shape, at(0, -1.6), 90, 140)).toMatchObject({ sees: true });
    expect(judge(shape, at(0, -1.6), 90, 100)).toBeNull();
    expect(judge(shape, at(0, -1.6), 270, 140)).toBeNull();
  });

  test('one that stands in it and looks out of it sees into it', () => {
    expect(judge(shape, here, 0)).toEqual({ sees: true, distanceMetres: 0 });
  });

  test('those that stand in it are told apart by the distance to its centre', () => {
    expect(judge(shape, at(0.2, 0), 0)?.distanceMetres).toBeCloseTo(22, 0);
    expect(judge(shape, at(0, 0.4), 0)?.distanceMetres).toBeCloseTo(44, 0);
  });
});

describe('about a polygon', () => {
  const shape: SearchShape = { kind: 'polygon', vertices: [at(0, 0), at(0, 4), at(4, 4), at(4, 0)] };

  test('a camera in it, one that looks into it, and one whose view holds all of it', () => {
    expect(judge(shape, at(2, 2), 0)?.distanceMetres).toBeCloseTo(0, 0);
    expect(judge(shape, at(3, 2), 0)?.distanceMetres).toBeCloseTo(111, 0);
    const line: SearchShape = { kind: 'polygon', vertices: [at(0, 0), at(0, 4), at(0, 2)] };
    expect(judge(line, at(0, 2), 0)?.distanceMetres).toBeCloseTo(0, 0);
    expect(judge(shape, at(2, -1), 90)).toMatchObject({ sees: true });
    expect(judge(shape, at(-8, 2), 0, 3_000, 120)).toMatchObject({ sees: true });
    expect(judge(shape, at(2, -1), 270)).toBeNull();
  });
});

describe('about a route', () => {
  const shape: SearchShape = { kind: 'route', vertices: [at(0, 0), at(0, 5), at(5, 5)], widthMetres: 20 };

  test('a camera that sees a part of the way, and one that stands on it', () => {
    expect(judge(shape, at(1, 3), 180)).toMatchObject({ sees: true });
    expect(judge(shape, at(2, 3), 0)).toBeNull();
    expect(judge(shape, at(0.05, 2), 0, 1)?.distanceMetres).toBeCloseTo(5.6, 1);
  });
});

test('a shape that is longer than a question may be is refused', () => {
  const shape: SearchShape = { kind: 'route', vertices: [at(0, 0), at(0, 100)], widthMetres: 20 };
  expect(() => questionOf(shape)).toThrow('at most 10 kilometres');
});

test('whatever has a place in the answer has a view that overlaps the box of the question', () => {
  const shapes: SearchShape[] = [
    { kind: 'point', point: here, radiusMetres: 200 },
    { kind: 'circle', centre: here, radiusMetres: 200 },
    { kind: 'polygon', vertices: [at(0, 0), at(0, 3), at(3, 1)] },
    { kind: 'route', vertices: [at(0, 0), at(2, 3), at(3, -1)], widthMetres: 100 },
  ];
  const cameras = record({
    north: double({ min: -12, max: 12, noNaN: true }),
    east: double({ min: -12, max: 12, noNaN: true }),
    bearing: integer({ min: 0, max: 359 }),
    range: integer({ min: 5, max: 500 }),
    angle: integer({ min: 10, max: 360 }),
  });
  for (const question of shapes.map(questionOf)) {
    assert(
      property(cameras, ({ north, east, bearing, range, angle }) => {
        const one = camera(at(north, east), bearing, range, angle);
        if (question.judge(one) === null) return true;
        const degrees = range / 111_000;
        const wide = degrees / Math.cos((here.latitude * Math.PI) / 180);
        const { latitude, longitude } = one.position;
        const { box } = question;
        return (
          latitude + degrees >= box.south &&
          latitude - degrees <= box.north &&
          longitude + wide * 1.01 >= box.west &&
          longitude - wide * 1.01 <= box.east
        );
      }),
    );
  }
});
