import type { Still } from './Still.ts';

/** Four samples a pixel, two each way. */
const FINE = 2;
/** Metres by which a thing may lie behind what stands there: feet and wheels touch the ground. */
const TOUCH = 0.35;

/** One moving thing at a time: its triangles in four samples a pixel, then blended into the picture. */
export class SubsampleRaster {
  readonly #width: number;
  readonly #height: number;
  #left = 0;
  #top = 0;
  #columns = 0;
  #rows = 0;
  #inverseDepth = new Float32Array(0);
  /** Packed Y, Cb, Cr; 0 where there is nothing. */
  #colour = new Uint32Array(0);

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
  }

  /** Begins a thing that lies within these pixels; false when that is outside the picture. */
  begin(left: number, top: number, right: number, bottom: number): boolean {
    // Whole pairs of pixels, as colour has half the resolution.
    this.#left = Math.max(0, Math.floor(left / 2) * 2);
    this.#top = Math.max(0, Math.floor(top / 2) * 2);
    const endX = Math.min(this.#width, Math.ceil((right + 1) / 2) * 2);
    const endY = Math.min(this.#height, Math.ceil((bottom + 1) / 2) * 2);
    if (endX <= this.#left || endY <= this.#top) return false;
    this.#columns = (endX - this.#left) * FINE;
    this.#rows = (endY - this.#top) * FINE;
    const samples = this.#columns * this.#rows;
    if (this.#colour.length < samples) {
      this.#colour = new Uint32Array(samples * 2);
      this.#inverseDepth = new Float32Array(samples * 2);
    }
    this.#colour.fill(0, 0, samples);
    this.#inverseDepth.fill(0, 0, samples);
    return true;
  }

  /**
   * Fills the triangle of three points; each point is three numbers in `seen`: place in the picture and inverse depth,
   * because that is what runs evenly over the picture.
   */
  triangle(seen: Float32Array, first: number, second: number, third: number, colour: number): void {
    // From the highest corner to the lowest.
    let [a, b, c] = [first * 3, second * 3, third * 3];
    if (seen[a + 1]! > seen[b + 1]!) [a, b] = [b, a];
    if (seen[b + 1]! > seen[c + 1]!) [b, c] = [c, b];
    if (seen[a + 1]! > seen[b + 1]!) [a, b] = [b, a];
    const ax = (seen[a]! - this.#left) * FINE;
    const ay = (seen[a + 1]! - this.#top) * FINE;
    const bx = (seen[b]! - this.#left) * FINE;
    const by = (seen[b + 1]! - this.#top) * FINE;
    const cx = (seen[c]! - this.#left) * FINE;
    const cy = (seen[c + 1]! - this.#top) * FINE;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area > -1e-4 && area < 1e-4) return;
    const near = seen[a + 2]!;
    const nearB = seen[b + 2]! - near;
    const nearC = seen[c + 2]! - near;
    const stepX = (nearB * (cy - ay) - nearC * (by - ay)) / area;
    const stepY = (nearC * (bx - ax) - nearB * (cx - ax)) / area;
    const columns = this.#columns;
    const depths = this.#inverseDepth;
    const colours = this.#colour;
    const toY = Math.min(this.#rows, Math.ceil(cy - 0.5));
    for (let y = Math.max(0, Math.ceil(ay - 0.5)); y < toY; y += 1) {
      const at = y + 0.5;
      const long = ax + ((cx - ax) * (at - ay)) / (cy - ay);
      const short = at < by ? ax + ((bx - ax) * (at - ay)) / (by - ay) : bx + ((cx - bx) * (at - by)) / (cy - by);
      const from = Math.max(0, Math.ceil(Math.min(long, short) - 0.5));
      const to = Math.min(columns, Math.ceil(Math.max(long, short) - 0.5));
      let depth = near + (from + 0.5 - ax) * stepX + (at - ay) * stepY;
      for (let sample = y * columns + from; sample < y * columns + to; sample += 1) {
        if (depth > depths[sample]!) {
          depths[sample] = depth;
          colours[sample] = colour;
        }
        depth += stepX;
      }
    }
  }

  /** Blends the thing into the planes of a picture, where nothing of the standing scene is in front of it. */
  blend(planes: { luma: Uint8Array; cb: Uint8Array; cr: Uint8Array }, still: Still): void {
    const { luma, cb, cr } = planes;
    const pixelColumns = this.#columns / FINE;
    const pixelRows = this.#rows / FINE;
    for (let pairY = 0; pairY < pixelRows; pairY += 2) {
      for (let pairX = 0; pairX < pixelColumns; pairX += 2) {
        let sumBlue = 0;
        let sumRed = 0;
        let covered = 0;
        for (let pixel = 0; pixel < 4; pixel += 1) {
          const x = pairX + (pixel & 1);
          const y = pairY + (pixel >> 1);
          const at = (this.#top + y) * this.#width + this.#left + x;
          const farthest = 1 / (still.depth[at]! + TOUCH);
          let sumLuma = 0;
          let count = 0;
          for (let fine = 0; fine < FINE * FINE; fine += 1) {
            const sample = (y * FINE + (fine >> 1)) * this.#columns + x * FINE + (fine & 1);
            const colour = this.#colour[sample]!;
            if (colour === 0 || this.#inverseDepth[sample]! < farthest) continue;
            sumLuma += colour >> 16;
            sumBlue += (colour >> 8) & 0xff;
            sumRed += colour & 0xff;
            count += 1;
          }
          if (count === 0) continue;
          luma[at] = (luma[at]! * (FINE * FINE - count) + sumLuma) / (FINE * FINE);
          covered += count;
        }
        if (covered === 0) continue;
        const half = ((this.#top + pairY) / 2) * (this.#width / 2) + (this.#left + pairX) / 2;
        const all = 4 * FINE * FINE;
        cb[half] = (cb[half]! * (all - covered) + sumBlue) / all;
        cr[half] = (cr[half]! * (all - covered) + sumRed) / all;
      }
    }
  }

  /** Shows the shaded picture of the ground where the thing, a shadow, lies. */
  blendShade({ luma, cb, cr }: { luma: Uint8Array; cb: Uint8Array; cr: Uint8Array }, still: Still): void {
    for (let y = 0; y < this.#rows / FINE; y += 1) {
      for (let x = 0; x < this.#columns / FINE; x += 1) {
        const at = (this.#top + y) * this.#width + this.#left + x;
        if (still.ground[at] === 0) continue;
        let count = 0;
        for (let fine = 0; fine < FINE * FINE; fine += 1) {
          if (this.#colour[(y * FINE + (fine >> 1)) * this.#columns + x * FINE + (fine & 1)] !== 0) count += 1;
        }
        if (count === 0) continue;
        luma[at]! += ((still.shadeLuma[at]! - luma[at]!) * count) / (FINE * FINE);
        if ((x & 1) === 1 || (y & 1) === 1) continue;
        const half = ((this.#top + y) / 2) * (this.#width / 2) + (this.#left + x) / 2;
        cb[half]! += ((still.shadeCb[half]! - cb[half]!) * count) / (FINE * FINE);
        cr[half]! += ((still.shadeCr[half]! - cr[half]!) * count) / (FINE * FINE);
      }
    }
  }
}
