import { describe, expect, it } from 'vitest';
import {
  LOOP_FRAMES,
  STAMP_AREA,
  STAMP_CELLS,
  dueTimeMs,
  encodeStamp,
  liveFrameAt,
  readStamp,
  stampTime,
} from './stamp.ts';
import type { StampPicture } from './stamp.ts';

function pictureOf(frameIndex: number, width: number, height: number, channels: 1 | 4): StampPicture {
  const pixels = new Uint8ClampedArray(width * height * channels).fill(90);
  const cells = encodeStamp(frameIndex);
  for (let y = Math.round(STAMP_AREA.top * height); y < height; y += 1) {
    for (let x = Math.round(STAMP_AREA.left * width); x < width; x += 1) {
      const cell = Math.floor(((x / width - STAMP_AREA.left) / STAMP_AREA.width) * STAMP_CELLS);
      // Pictures that went through a codec and a limited colour range are neither black nor white.
      const value = cells[cell] === true ? 195 : 45;
      for (let channel = 0; channel < channels; channel += 1) pixels[(y * width + x) * channels + channel] = value;
    }
  }
  return { width, height, data: pixels };
}

describe('frame stamp', () => {
  it('reads back every frame of the loop', () => {
    for (let index = 0; index < LOOP_FRAMES; index += 1) {
      expect(readStamp(pictureOf(index, 640, 360, 1))).toBe(index);
    }
  });

  it.each([
    [1280, 720],
    [640, 360],
    [480, 270],
    [320, 180],
  ])('reads colour pictures of %ix%i', (width, height) => {
    expect(readStamp(pictureOf(217, width, height, 4))).toBe(217);
  });

  it('refuses a picture without a stamp and a stamp with a wrong cell', () => {
    expect(readStamp({ width: 640, height: 360, data: new Uint8Array(640 * 360).fill(128) })).toBeUndefined();
    const picture = pictureOf(100, 640, 360, 1);
    const pixels = Uint8Array.from(picture.data);
    const wrongCell = 640 - STAMP_CELLS * 8 + 5 * 8;
    for (let y = 352; y < 360; y += 1) {
      for (let x = wrongCell; x < wrongCell + 8; x += 1) pixels[y * 640 + x] = 240 - (pixels[y * 640 + x] ?? 0);
    }
    expect(readStamp({ width: 640, height: 360, data: pixels })).toBeUndefined();
  });

  it('finds the time at which a frame left, also across the loop', () => {
    const liveFrame = liveFrameAt(1_750_000_000_000);
    for (const framesAgo of [0, 1, 29, LOOP_FRAMES - 1]) {
      const stamp = (liveFrame - framesAgo) % LOOP_FRAMES;
      const seenAtMs = dueTimeMs(liveFrame) + 5;
      expect(stampTime(stamp, seenAtMs)).toBeCloseTo(dueTimeMs(liveFrame - framesAgo), 3);
    }
  });
});
