import { dueTimeMs, liveFrameAt } from './stamp.ts';

// After a longer standstill of the process the missed frames are left out, as by a camera that was busy.
const MAX_FRAMES_TO_CATCH_UP = 30;

/** One timer for all cameras: calls `onFrame` for every frame of the shared grid when it is due, never before. */
export class FrameClock {
  readonly #onFrame: (liveFrame: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #lastFrame = 0;

  constructor(onFrame: (liveFrame: number) => void) {
    this.#onFrame = onFrame;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#lastFrame = liveFrameAt(Date.now());
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    const waitMs = Math.ceil(dueTimeMs(this.#lastFrame + 1) - Date.now());
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, waitMs));
  }

  #tick(): void {
    const now = liveFrameAt(Date.now());
    this.#lastFrame = Math.max(this.#lastFrame, now - MAX_FRAMES_TO_CATCH_UP);
    while (this.#lastFrame < now) {
      this.#lastFrame += 1;
      this.#onFrame(this.#lastFrame);
    }
    // `onFrame` may have stopped the clock.
    if (this.#timer !== undefined) this.#schedule();
  }
}
