/** So long a press has to last, that nothing begins by a touch in the pocket. */
export const holdMs = 2_000;
const stepMs = 50;

interface HoldEvents {
  /** It was held for long enough. */
  readonly onHeld: () => void;
  /** It was pressed and not held: by who cannot hold, by a screen reader, by voice, or by mistake. */
  readonly onPressed: () => void;
  /** For how long it has been held; null when it is not. */
  readonly onProgress: (heldMs: number | null) => void;
}

/** A press that acts when it has lasted. What kind of device presses does not matter, because nothing tells that surely. */
export class Hold {
  readonly #events: HoldEvents;
  #timer: ReturnType<typeof setInterval> | undefined;
  #wasHeld = false;
  /** Whether a press has begun here and not ended: a key may go up here that went down elsewhere. */
  #isDown = false;

  constructor(events: HoldEvents) {
    this.#events = events;
  }

  /** A finger, a mouse button or a key goes down. */
  press(): void {
    if (this.#timer !== undefined) return;
    this.#isDown = true;
    this.#wasHeld = false;
    const beganAtMs = performance.now();
    this.#events.onProgress(0);
    this.#timer = setInterval(() => {
      const passedMs = performance.now() - beganAtMs;
      this.#events.onProgress(passedMs);
      if (passedMs < holdMs) return;
      this.#stop();
      this.#wasHeld = true;
      this.#events.onHeld();
    }, stepMs);
  }

  /** A finger or mouse button goes up; a click follows. */
  release(): void {
    this.#isDown = false;
    this.#stop();
  }

  /** It slides off, or what is pressed is taken away: no click follows. */
  cancel(): void {
    this.release();
    this.#wasHeld = false;
  }

  /** What follows a press, or comes without one: of a press that was held it is the end. */
  click(): void {
    const wasHeld = this.#wasHeld;
    this.#wasHeld = false;
    if (!wasHeld) this.#events.onPressed();
  }

  /** A key goes up, which is followed by no click. */
  releaseKey(): void {
    const isOwn = this.#isDown;
    this.release();
    if (isOwn) this.click();
  }

  #stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#events.onProgress(null);
  }
}
