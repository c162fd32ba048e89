/** How the camera turns light into picture: exposure, white balance, contrast, saturation. */
export interface ToneSettings {
  readonly exposure: number;
  /** Above 1 warm, below 1 cold. */
  readonly warmth?: number;
  readonly saturation?: number;
  readonly contrast?: number;
}

const STEPS = 4096;
const BRIGHTEST = 8;

/** Linear light to limited-range BT.709, as 8-bit Y, Cb, Cr. */
export class Tone {
  readonly #curve = new Float32Array(STEPS + 1);
  readonly #exposureRed: number;
  readonly #exposureGreen: number;
  readonly #exposureBlue: number;
  readonly #saturation: number;

  constructor({ exposure, warmth = 1, saturation = 0.9, contrast = 1 }: ToneSettings) {
    this.#exposureRed = exposure * warmth;
    this.#exposureGreen = exposure;
    this.#exposureBlue = exposure / warmth;
    this.#saturation = saturation;
    for (let step = 0; step <= STEPS; step += 1) {
      // Steps lie closer in the dark, where the eye and the curve are steep.
      const light = (step / STEPS) ** 2 * BRIGHTEST;
      // A shoulder that lets bright walls and sky run out softly, as sensors with a wide range do.
      const rolled = (light * (1 + light / 9)) / (1 + light * 0.82);
      const value = Math.min(1, rolled) ** (1 / 2.2);
      const shaped = value + (value - 0.5) * value * (1 - value) * (contrast - 0.6) * 1.6;
      this.#curve[step] = Math.min(1, Math.max(0, shaped));
    }
  }

  /** Y, Cb and Cr of a colour, packed into one number as 0xYYBBRR. */
  packed(red: number, green: number, blue: number): number {
    const r = this.#value(red * this.#exposureRed);
    const g = this.#value(green * this.#exposureGreen);
    const b = this.#value(blue * this.#exposureBlue);
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const blueness = ((b - luma) / 1.8556) * this.#saturation;
    const redness = ((r - luma) / 1.5748) * this.#saturation;
    const y = 16 + 219 * luma;
    return (Math.round(y) << 16) | (Math.round(128 + 224 * blueness) << 8) | Math.round(128 + 224 * redness);
  }

  #value(light: number): number {
    if (!(light > 0)) return this.#curve[0]!;
    const step = Math.sqrt(Math.min(1, light / BRIGHTEST)) * STEPS;
    const low = Math.floor(step);
    const next = this.#curve[Math.min(STEPS, low + 1)]!;
    return this.#curve[low]! + (next - this.#curve[low]!) * (step - low);
  }
}
