import { randomFrom } from './noise.ts';

const TABLE = 2 ** 18;

/** The noise of a camera's sensor: another one in each frame, the same one in each lap of the loop. */
export class Grain {
  readonly #table = new Int8Array(TABLE);

  constructor(strength: number) {
    const random = randomFrom(99);
    let before = 0;
    for (let at = 0; at < TABLE; at += 1) {
      // The sum of four even numbers is as good as normally distributed.
      const value = (random() + random() + random() + random() - 2) * 1.73 * strength;
      // Neighbours in a line are alike: sensors' colour filters and sharpening do that.
      this.#table[at] = Math.round(value * 0.8 + before * 0.35);
      before = value;
    }
  }

  add(luma: Uint8ClampedArray, index: number): void {
    const random = randomFrom(index + 1);
    const row = 1280;
    for (let from = 0; from < luma.length; from += row) {
      const offset = Math.floor(random() * (TABLE - row));
      for (let at = 0; at < row; at += 1) luma[from + at]! += this.#table[offset + at]!;
    }
  }
}
