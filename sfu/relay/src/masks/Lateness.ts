/** A picture on its way through the masking. Moments are of `performance.now()`. */
export interface Pending {
  readonly rtpTimestamp: number;
  readonly receivedAtMs: number;
}

/** When the masking is behind by so much, pictures are left out up to the camera's next key frame. */
const mostDelayMs = 700;
/** A decoder may keep so many back to put them in order: of a camera with one picture a second that is no delay of its own. */
const keptBackPictures = 3;
/** So long after its first picture its start is over, whether it has caught up with what had piled up before or not. */
const longestCatchUpMs = 5_000;
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
  #firstOutAtMs: number | undefined;
  #isStartOver = false;

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
    this.#firstOutAtMs ??= nowMs;
    // While it starts, the pictures of that time pile up before it, and are masked one after the other. A machine that is too
    // slow never gets there.
    this.#isStartOver ||= this.#ageMs(nowMs) <= mostDelayMs || nowMs - this.#firstOutAtMs > longestCatchUpMs;
    return picture;
  }

  isBehind(nowMs: number): boolean {
    if (!this.#isStartOver) return false;
    const counted = [...this.#pending.values()].filter(({ receivedAtMs }) => receivedAtMs >= this.#countsFromMs);
    const [oldest] = counted;
    return counted.length > keptBackPictures && oldest !== undefined && nowMs - oldest.receivedAtMs > mostDelayMs;
  }

  /**
   * For one that was behind: whether it is time to give it pictures again. What is swallowed would stay in it for ever;
   * `isDrained`, that it has taken all that it was given, tells that from what it has not come to yet.
   */
  hasRoom(nowMs: number, isDrained: boolean): boolean {
    return this.#ageMs(nowMs) <= mostDelayMs || (isDrained && nowMs - this.#lastOutAtMs > mostDelayMs);
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

  #ageMs(nowMs: number): number {
    const [oldest] = this.#pending.values();
    return oldest === undefined ? 0 : nowMs - oldest.receivedAtMs;
  }
}
