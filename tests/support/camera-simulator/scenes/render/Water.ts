import { LOOP_SECONDS } from '../movers/movers.ts';
import { cloudNoise } from './noise.ts';
import type { Still } from './Still.ts';
import type { View } from './View.ts';

const STEPS = 1024;
/** Far waves are smaller than the sensor's noise. */
const TOO_FAINT = 1.6;

/** Waves: how many metres long, in which direction, how many a loop. */
const WAVES = [
  { length: 7.3, towards: 0.4, perLoop: 5, height: 0.7 },
  { length: 3.1, towards: -0.9, perLoop: 8, height: 0.8 },
  { length: 1.7, towards: 1.7, perLoop: 11, height: 0.8 },
] as const;

/** Lets water glitter: its pixels grow lighter and darker with waves that pass. */
export class Water {
  readonly #pixels: Int32Array;
  readonly #phases: readonly Float32Array[];
  readonly #strength: Float32Array;
  readonly #sine = Float32Array.from({ length: STEPS }, (_, step) => Math.sin((step / STEPS) * 2 * Math.PI));

  constructor(view: View, still: Still, level: number) {
    const { width, water } = still;
    this.#pixels = Int32Array.from(indexesOf(water));
    this.#phases = WAVES.map(() => new Float32Array(this.#pixels.length));
    this.#strength = new Float32Array(this.#pixels.length);
    const direction = new Float64Array(3);
    for (const [index, at] of this.#pixels.entries()) {
      view.direction((at % width) + 0.5, Math.floor(at / width) + 0.5, direction);
      const reach = (level - view.position[2]) / direction[2]!;
      const [x, y] = [view.position[0] + direction[0]! * reach, view.position[1] + direction[1]! * reach];
      for (const [wave, { length, towards }] of WAVES.entries()) {
        // Waves are never quite straight.
        const bend = 2.2 * cloudNoise(x * 0.11 + wave * 40, y * 0.11, 2);
        const phase = ((x * Math.cos(towards) + y * Math.sin(towards)) / length + bend) % 1;
        this.#phases[wave]![index] = (phase + 1) * STEPS;
      }
      // Far away the waves are smaller than a pixel and cancel out.
      const gust = 0.3 + 0.7 * cloudNoise(x * 0.05, y * 0.05, 3);
      this.#strength[index] = (gust * 260) / (22 + reach);
    }
  }

  draw(luma: Uint8Array, seconds: number): void {
    const moved = WAVES.map(({ perLoop }) => (seconds / LOOP_SECONDS) * perLoop * STEPS);
    for (let index = 0; index < this.#pixels.length; index += 1) {
      if (this.#strength[index]! < TOO_FAINT) continue;
      let height = 0;
      for (let wave = 0; wave < WAVES.length; wave += 1) {
        const step = (this.#phases[wave]![index]! + moved[wave]!) | 0;
        height += this.#sine[step & (STEPS - 1)]! * WAVES[wave]!.height;
      }
      const at = this.#pixels[index]!;
      const value = luma[at]! + height * this.#strength[index]! * 0.5;
      luma[at] = value < 16 ? 16 : value > 235 ? 235 : value;
    }
  }
}

function indexesOf(water: Uint8Array): number[] {
  const indexes: number[] = [];
  for (let at = 0; at < water.length; at += 1) if (water[at] === 1) indexes.push(at);
  return indexes;
}
