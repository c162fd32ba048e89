/**
 * The longest single wait. It is far below what setTimeout can take (2^31 ms, beyond which it fires at once), so that
 * the end is kept by the wall clock also after the machine slept or its clock was set right.
 */
const longestWaitMs = 60_000;

/** Calls once when the wall clock has reached a moment, which may be moved until then. */
export class ExpiryTimer {
  readonly #onExpired: () => void;
  #expiresAtMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(expiresAtMs: number, onExpired: () => void) {
    this.#expiresAtMs = expiresAtMs;
    this.#onExpired = onExpired;
    this.#wait();
  }

  get expiresAtMs(): number {
    return this.#expiresAtMs;
  }

  /** A moment in the past expires at once. After the end it changes nothing. */
  move(expiresAtMs: number): void {
    if (this.#isOver) return;
    this.#expiresAtMs = expiresAtMs;
    clearTimeout(this.#timer);
    this.#wait();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    const remainingMs = Math.max(0, this.#expiresAtMs - Date.now());
    this.#timer = setTimeout(() => this.#look(), Math.min(remainingMs, longestWaitMs));
  }

  #look(): void {
    if (Date.now() < this.#expiresAtMs) {
      this.#wait();
      return;
    }
    this.#isOver = true;
    this.#onExpired();
  }
}
