import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSps } from './readSps.ts';

// Made with x264.
test.each([
  ['Baseline', '6742c01ed900a02ff970110000030001000003003c0f162e48', 640, 360],
  ['Baseline with cropping', '6742c028d900780227e5c044000003000400000300f03c60c920', 1920, 1080],
  ['Main', '674d401feca02802dd8088000003000800000301e078c18cb0', 1280, 720],
  ['High', '6764001eacd940a02ff970110000030001000003003c0f162d96', 640, 360],
  ['4:2:2 in fields with scaling lists', '677a001fbcd940b024f5580880000003008000001e0f8b16cb', 702, 574],
  ['4:4:4 with scaling lists', '67f4001f919b2816024f778088000003000800000301e078c18cb0', 702, 574],
])('reads the size of %s', (_, hex, width, height) => {
  expect(readSps(Buffer.from(hex, 'hex'))).toEqual({ width, height });
});

test('says nothing about a cut one', () => {
  expect(readSps(Buffer.from('6742c01ed9', 'hex'))).toBeUndefined();
  expect(readSps(Buffer.from('67', 'hex'))).toBeUndefined();
});

test('gives a size that can be or none, whatever comes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const { width, height } = readSps(Buffer.from([0x67, ...bytes])) ?? { width: 1, height: 1 };
      expect(width > 0 && height > 0 && width <= 16_384 && height <= 16_384).toBe(true);
    }),
  );
});
