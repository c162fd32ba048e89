import { STAMP_CELLS, encodeStamp } from '../stamp.ts';

export interface OpenScene {
  readonly width: number;
  readonly height: number;
  drawFrame(index: number): Buffer;
}

export function openScene(scene: number): OpenScene {
  const width = 1280;
  const height = 688;
  const frame = Buffer.alloc((width * height * 3) / 2, 128);
  return {
    width,
    height,
    drawFrame: (index) => {
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1)
          frame[y * width + x] = y < 300 ? 200 - y / 4 + scene : 80 + ((x * 7 + y * 13) % 5);
      }
      for (let car = 0; car < 4; car += 1) {
        const left = Math.floor((index / 300) * width + car * 300) % (width - 100);
        for (let y = 400 + car * 50; y < 440 + car * 50; y += 1)
          frame.fill(30 + car * 50, y * width + left, y * width + left + 90);
      }
      frame.fill(20, 0, 2 * width);
      frame.fill(128, width * height);
      const cells = encodeStamp(index);
      for (let y = Math.round(height - 16); y < height; y += 1) {
        for (let cell = 0; cell < STAMP_CELLS; cell += 1) {
          const x = width - (STAMP_CELLS - cell) * 16;
          frame.fill(cells[cell] === true ? 200 : 35, y * width + x, y * width + x + 16);
        }
      }
      return Buffer.from(frame);
    },
  };
}
