import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawIcon, type IconLook } from './drawIcon.ts';

/** The picture's size and the colour at a point, as shares of its width and height. */
function read(png: Uint8Array) {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const width = bytes.readUInt32BE(16);
  const length = bytes.readUInt32BE(33);
  expect(bytes.subarray(37, 41).toString()).toBe('IDAT');
  const rows = inflateSync(bytes.subarray(41, 41 + length));
  return {
    width,
    height: bytes.readUInt32BE(20),
    at: (x: number, y: number) => {
      const offset = Math.floor(y * width) * (1 + 4 * width) + 1 + 4 * Math.floor(x * width);
      return [...rows.subarray(offset, offset + 4)];
    },
  };
}

test.each<[IconLook, number]>([
  ['plate', 192],
  ['full', 512],
  ['sign', 96],
])('a %s of %i pixels has its size', (look, pixels) => {
  const { width, height } = read(drawIcon(pixels, look));
  expect([width, height]).toEqual([pixels, pixels]);
});

test('a plate has round corners, the eye’s colours, and its ground between them', () => {
  const { at } = read(drawIcon(192, 'plate'));
  expect(at(0, 0)[3]).toBe(0);
  expect(at(0.5, 0.02)).toEqual([0x0f, 0x15, 0x1d, 255]);
  expect(at(0.5, 0.5)).toEqual([0x35, 0xc2, 0xff, 255]);
  // The upper lid, seven and a half of 32 units above the middle.
  expect(at(0.5, (16 - 7.5) / 32)).toEqual([0x9f, 0xb0, 0xc0, 255]);
});

test('one that is cut by the system fills its square, and keeps the eye within four fifths', () => {
  const { at } = read(drawIcon(512, 'full'));
  for (const [x, y] of [
    [0, 0],
    [0.999, 0],
    [0.05, 0.5],
    [0.95, 0.5],
  ] as const) {
    expect(at(x, y)).toEqual([0x0f, 0x15, 0x1d, 255]);
  }
  expect(at(0.5, 0.5)).toEqual([0x35, 0xc2, 0xff, 255]);
});

test('a sign is white, on nothing', () => {
  const { at } = read(drawIcon(96, 'sign'));
  expect(at(0.5, 0.5)).toEqual([255, 255, 255, 255]);
  expect(at(0.02, 0.02)[3]).toBe(0);
});
