import { expect, test } from 'vitest';
import { cameraMasksSchema, haveSameShape, maskPolygonSchema, mostMaskPoints, mostMaskPolygons } from './masks.ts';

const square = [
  [0, 0],
  [0.5, 0],
  [0.5, 0.5],
  [0, 0.5],
];
const circle = (points: number) =>
  Array.from({ length: points }, (_, index) => {
    const angle = (index / points) * 2 * Math.PI;
    return [0.5 + 0.5 * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)];
  });

const wrong: [string, unknown, string][] = [
  ['two points', square.slice(0, 2), 'at least three points'],
  ['too many points', circle(mostMaskPoints + 1), 'at most 32 points'],
  ['outside the picture', [[-0.1, 0], ...square.slice(1)], 'Too small'],
  ['beyond the picture', [...square.slice(0, 2), [0.5, 1.1], [0, 0.5]], 'Too big'],
  ['no number', [[Number.NaN, 0], ...square.slice(1)], 'Invalid input'],
  ['a bow tie', [square[0], square[2], square[1], square[3]], 'cross'],
  ['a side that touches a corner', [...square.slice(0, 3), [0.25, 0], [0, 0.5]], 'cross'],
  ['a spike', [...square.slice(0, 3), [0.5, 0.8], [0.5, 0.5], [0, 0.5]], 'cross'],
  ['a corner twice', [square[0], ...square], 'cross'],
  [
    'a line',
    [
      [0, 0],
      [0.5, 0.5],
      [1, 1],
    ],
    'cross',
  ],
  [
    'next to nothing',
    [
      [0, 0],
      [0.01, 0],
      [0, 0.01],
    ],
    'ten-thousandth',
  ],
];

test('SHR11 a mask is a polygon inside the picture', () => {
  const concave = [...square.slice(0, 3), [0.25, 0.1], [0, 0.5]];
  for (const points of [square, square.toReversed(), concave, circle(mostMaskPoints)]) {
    expect(maskPolygonSchema.safeParse(points).error).toBeUndefined();
  }
});

test.each(wrong)('SHR11 is not one: %s', (_, points, reason) => {
  expect(maskPolygonSchema.safeParse(points).error?.message).toContain(reason);
});

test('SHR11 a camera has some masks and not too many', () => {
  const size = { width: 640, height: 360 };
  const masks = (count: number) =>
    cameraMasksSchema.safeParse({ ...size, polygons: Array.from({ length: count }, () => square) }).success;
  expect([0, 1, mostMaskPolygons, mostMaskPolygons + 1].map(masks)).toEqual([false, true, true, false]);
});

test('SHR13 masks fit pictures of their own shape, but for the rounding to whole blocks', () => {
  const drawnOn = { width: 1920, height: 1080 };
  const fits = (width: number, height: number) => haveSameShape(drawnOn, { width, height });
  expect([fits(640, 360), fits(1920, 1088), fits(640, 352), fits(854, 480)]).toEqual([true, true, false, true]);
  expect([fits(640, 480), fits(352, 288), fits(704, 480), fits(1080, 1920)]).toEqual([false, false, false, false]);
});
