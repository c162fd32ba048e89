/** A camera that begins well is believed soon; one that was caught has to be right much longer, each time anew. */
const rightAtFirst = 3;
const timesLonger = 20;
const rightAtMost = 100_000;

/**
 * Whether a camera's marker bit can be believed. One that can saves a frame's time, because the end of a picture is
 * known when its last packet is there. One that cannot leaves pictures open or ends them early, and both stop a browser
 * until the next key frame.
 */
export class MarkerTrust {
  #isTrusted = false;
  #rightInARow = 0;
  #needed = rightAtFirst;

  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** The marker stood on the last packet of a picture, and on no other. */
  noteRight(): void {
    this.#rightInARow += 1;
    if (this.#rightInARow >= this.#needed) this.#isTrusted = true;
  }

  /** It was missing there, or stood on a packet before. */
  noteWrong(): void {
    if (this.#isTrusted || this.#needed === rightAtFirst) {
      this.#needed = Math.min(rightAtMost, this.#needed * timesLonger);
    }
    this.#isTrusted = false;
    this.#rightInARow = 0;
  }
}
