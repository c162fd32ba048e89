/** Lines a minute of one kind: enough to see what happens, and in a year no disk is full of it. */
const mostLines = 30;
const windowMs = 60_000;

/** Lets what a stranger or an ill device can cause be logged at a measured pace, and says how much was left out. */
export class LogLimit {
  #sinceMs = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #leftOut = 0;

  /** Calls `write` when there is room. `leftOut` is how many lines had none since the last that had. */
  log(write: (counted: { leftOut?: number }) => void, nowMs = performance.now()): void {
    if (nowMs - this.#sinceMs >= windowMs) {
      this.#sinceMs = nowMs;
      this.#lines = 0;
    }
    if (this.#lines >= mostLines) {
      this.#leftOut += 1;
      return;
    }
    this.#lines += 1;
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    write(leftOut === 0 ? {} : { leftOut });
  }
}
