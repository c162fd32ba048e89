import type { MaskPolygon } from '@commonsight/types/relay/masks';
import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { maskArguments } from './maskArguments.ts';
import { maskBoxes } from './maskBoxes.ts';

const size = { width: 640, height: 360 };
const triangle = (x: number, y: number, side: number): MaskPolygon => [
  [x, y],
  [Math.min(1, x + side), y],
  [x, Math.min(1, y + side)],
];

test('SHR11 hides what the polygon covers, a cell around it, and nothing far away', () => {
  const quarter: MaskPolygon = [
    [0.25, 0.25],
    [0.5, 0.25],
    [0.5, 0.5],
    [0.25, 0.5],
  ];
  expect(maskBoxes([quarter], size)).toEqual([{ x: 144, y: 80, width: 192, height: 112 }]);
  const whole: MaskPolygon = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  expect(maskBoxes([whole], { width: 642, height: 362 })).toEqual([{ x: 0, y: 0, width: 642, height: 362 }]);
});

test('SHR11 every pixel of a polygon is in a box, whatever the size of the picture', () => {
  const part = double({ min: 0, max: 0.9, noNaN: true });
  const side = integer({ min: 32, max: 700 });
  assert(
    property(part, part, part, side, side, (x, y, share, width, height) => {
      const length = 0.02 + share * 0.9;
      const boxes = maskBoxes([triangle(x, y, length)], { width, height });
      for (const [u, v] of [
        [0.001, 0.001],
        [0.3, 0.3],
        [0.98, 0.01],
        [0.01, 0.98],
      ] as const) {
        const right = Math.min(1, x + length) - x;
        const down = Math.min(1, y + length) - y;
        const [pointX, pointY] = [(x + u * right) * width, (y + v * down) * height];
        expect(
          boxes.some(
            (box) => pointX >= box.x && pointX <= box.x + box.width && pointY >= box.y && pointY <= box.y + box.height,
          ),
        ).toBe(true);
      }
      expect(boxes.every((box) => box.x + box.width <= width && box.y + box.height <= height)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('SHR11 ffmpeg is not started without a box', () => {
  expect(() => maskArguments([], size)).toThrow('hide nothing');
  expect(maskArguments([triangle(0, 0, 0.1)], size).join(' ')).toContain('drawbox=x=0:y=0:w=80');
});
