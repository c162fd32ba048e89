/** A picture on its way through the masking. Moments are of `performance.now()`. */
export interface Pending {
  readonly rtpTimestamp: number;
  readonly receivedAtMs: number;
}

/** When the masking is behind by so much, pictures are left out up to the camera's next key frame. */
const mostDelayMs = 700;
/** Without any picture out for so long, while some are in, it hangs. */
const hangTimeoutMs = 3_000;

/**
 * Which pictures are in the masking, by the times that they were given, and whether they are late. A picture that went in
 * need not come out: a decoder swallows what it can do nothing with, and says so by the next one that comes.
 */
export class Lateness {
  readonly #pending = new Map<number, Pending>();
  #lastOutAtMs: number;
  /** What was received earlier does not count any more. */
  #countsFromMs = -Infinity;
  #hasCaughtUp = false;

  constructor(nowMs: number) {
    this.#lastOutAtMs = nowMs;
  }

  wentIn(timeMs: number, picture: Pending): void {
    this.#pending.set(timeMs, picture);
  }

  /** The picture that came out; undefined for a time that none was given. Those before it do not come any more. */
  cameOut(timeMs: number, nowMs: number): Pending | undefined {
    const picture = this.#pending.get(timeMs);
    if (picture === undefined) return undefined;
    for (const time of this.#pending.keys()) if (time <= timeMs) this.#pending.delete(time);
    this.#lastOutAtMs = nowMs;
    // While it starts, the pictures of that time pile up before it, and are masked one after the other.
    this.#hasCaughtUp ||= this.#ageMs(-Infinity, nowMs) <= mostDelayMs;
    return picture;
  }

  isBehind(nowMs: number): boolean {
    return this.#hasCaughtUp && this.#ageMs(this.#countsFromMs, nowMs) > mostDelayMs;
  }

  /** For one that was behind: whether it is time to give it pictures again. What is swallowed would stay in it for ever. */
  hasRoom(nowMs: number): boolean {
    return this.#ageMs(-Infinity, nowMs) <= mostDelayMs || nowMs - this.#lastOutAtMs > mostDelayMs;
  }

  /** What is in it since before counts no more. */
  countFrom(nowMs: number): void {
    this.#countsFromMs = nowMs;
  }

  /** What went in before is no sign that it hangs: nothing came behind it that would have pushed it out. */
  forgive(nowMs: number): void {
    this.#lastOutAtMs = nowMs;
  }

  isHanging(nowMs: number): boolean {
    const [oldest] = this.#pending.values();
    return oldest !== undefined && nowMs - Math.max(oldest.receivedAtMs, this.#lastOutAtMs) > hangTimeoutMs;
  }

  #ageMs(fromMs: number, nowMs: number): number {
    for (const { receivedAtMs } of this.#pending.values()) if (receivedAtMs >= fromMs) return nowMs - receivedAtMs;
    return 0;
  }
}
