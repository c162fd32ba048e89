const sampleMs = 1_000;

/** Frames per second of a running count of pictures, smoothed over the last seconds. */
export class FrameMeter {
  #countedAtMs: number | undefined;
  #pictures = 0;
  #framesPerSecond = 0;

  /** One decimal below 10, none above: a wall shows it, and nobody wants to see it tremble. */
  get framesPerSecond(): number {
    const digits = this.#framesPerSecond < 9.95 ? 10 : 1;
    return Math.round(this.#framesPerSecond * digits) / digits;
  }

  /** Takes the count of now; often is fine, a sample is made of it once a second. */
  sample(pictures: number, nowMs: number): void {
    if (this.#countedAtMs === undefined) {
      this.#countedAtMs = nowMs;
      this.#pictures = pictures;
      return;
    }
    const elapsedMs = nowMs - this.#countedAtMs;
    if (elapsedMs < sampleMs) return;
    const measured = ((pictures - this.#pictures) * 1000) / elapsedMs;
    this.#framesPerSecond = this.#framesPerSecond === 0 ? measured : (this.#framesPerSecond + measured) / 2;
    this.#countedAtMs = nowMs;
    this.#pictures = pictures;
  }
}
