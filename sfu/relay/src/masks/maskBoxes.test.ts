import { type MaskPolygon, maskPolygonSchema, mostShapeDifference } from '@commonsight/types/relay/masks';
import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { maskArguments } from './maskArguments.ts';
import { maskBoxes, mostMaskBoxes } from './maskBoxes.ts';

const size = { width: 640, height: 360 };
const triangle = (x: number, y: number, side: number): MaskPolygon => [
  [x, y],
  [Math.min(1, x + side), y],
  [x, Math.min(1, y + side)],
];

test('SHR12 hides what the polygon covers, a cell around it, and nothing far away', () => {
  const quarter: MaskPolygon = [
    [0.25, 0.25],
    [0.5, 0.25],
    [0.5, 0.5],
    [0.25, 0.5],
  ];
  expect(maskBoxes([quarter], size)).toEqual([{ x: 128, y: 64, width: 224, height: 144 }]);
  const whole: MaskPolygon = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  expect(maskBoxes([whole], { width: 642, height: 362 })).toEqual([{ x: 0, y: 0, width: 642, height: 362 }]);
});

test('SHR12 every pixel that a polygon touches is in a box with a cell around it, and none far from it is', () => {
  const part = double({ min: 0, max: 0.9, noNaN: true });
  const side = integer({ min: 32, max: 200 });
  assert(
    property(part, part, part, side, side, (x, y, share, width, height) => {
      const length = 0.02 + share * 0.9;
      const [right, down] = [Math.min(1, x + length), Math.min(1, y + length)];
      const boxes = maskBoxes([triangle(x, y, length)], { width, height });
      const isHidden = (column: number, row: number) =>
        boxes.some((box) => column >= box.x && column < box.x + box.width && row >= box.y && row < box.y + box.height);
      const [shown, far]: [number[][], number[][]] = [[], []];
      for (let row = 0; row < height; row += 1) {
        for (let column = 0; column < width; column += 1) {
          // The pixel's corner that is nearest to the right angle is inside when any of it is.
          const u = Math.max(0, (column / width - x) / (right - x));
          const v = Math.max(0, (row / height - y) / (down - y));
          const isTouched = u + v <= 1 && (column + 1) / width >= x && (row + 1) / height >= y;
          if (isTouched && !isHidden(column, row)) shown.push([column, row]);
          const gapX = Math.max(x * width - column, column - right * width);
          const gapY = Math.max(y * height - row, row - down * height);
          if (Math.max(gapX, gapY) > 2 * 16 + 1 && isHidden(column, row)) far.push([column, row]);
        }
      }
      expect([shown, far]).toEqual([[], []]);
      expect(boxes.every((box) => box.x + box.width <= width && box.y + box.height <= height)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('SHR13 hides as far around a polygon as pictures of one shape may be shifted', () => {
  const half: MaskPolygon = [
    [0.5, 0],
    [1, 0],
    [1, 1],
    [0.5, 1],
  ];
  const wide = { width: 3_840, height: 2_160 };
  const [box] = maskBoxes([half], wide);
  expect(box?.x).toBeLessThanOrEqual(wide.width / 2 - mostShapeDifference * wide.width);
});

test('SHR12 slanted polygons make no more boxes than a command can name, and are hidden all the same', () => {
  const wide = { width: 3_840, height: 2_160 };
  // Strips from the top to the bottom of the picture that go to the right and back again, each in a band of its own.
  const corners = Array.from({ length: 16 }, (_, index) => index);
  const strips = corners.map((band): MaskPolygon => {
    const side = (shift: number) =>
      corners.map((corner): [number, number] => [band / 16 + (corner % 2) * 0.039 + shift, corner / 15]);
    return [...side(0), ...side(0.003).toReversed()];
  });
  expect(strips.map((strip) => maskPolygonSchema.safeParse(strip).success)).not.toContain(false);
  const boxes = maskBoxes(strips, wide);
  expect(boxes.length).toBeLessThanOrEqual(mostMaskBoxes);
  for (const [x, y] of strips.flat()) {
    const [column, row] = [Math.min(x * wide.width, wide.width - 1), Math.min(y * wide.height, wide.height - 1)];
    const isHidden = boxes.some(
      (box) => column >= box.x && column < box.x + box.width && row >= box.y && row < box.y + box.height,
    );
    expect([x, y, isHidden]).toEqual([x, y, true]);
  }
  expect(Math.max(...maskArguments(strips, wide).map(({ length }) => length))).toBeLessThan(128 * 1_024);
});

test('SHR12 ffmpeg is not started without a box, and guesses nothing from other places of the picture', () => {
  expect(() => maskArguments([], size)).toThrow('hide nothing');
  const line = maskArguments([triangle(0, 0, 0.1)], size).join(' ');
  expect(line).toContain('drawbox=x=0:y=0:w=96');
  expect(line).toMatch(/ -ec 0 .*-i pipe:0 /);
});
