import { randomInt } from 'node:crypto';

const ticksPerMs = 90;
/** Frames need different timestamps; a millisecond is less than any camera's interval. */
const smallestStep = ticksPerMs;
/** Networks delay by seconds and never hasten: what is early is a wrong clock, what is late may be a slow network. */
const earlyTolerance = 500 * ticksPerMs;
const lateTolerance = 3_000 * ticksPerMs;
/** How fast the two clocks may drift apart before the camera's is called wrong. Crystals stay under 0.0001. */
const driftShare = 0.01;
const jumpsToDistrust = 3;
const jumpWindowMs = 60_000;
const distrustMs = 60_000;

/**
 * Makes the timestamps that leave the relay. They go on without a break whatever the camera does: over its reconnects,
 * when its clock jumps, and when it runs ten times too fast. While the camera's clock makes sense its own intervals are
 * kept, for they carry no network jitter; otherwise the time of arrival counts.
 */
export class RtpClock {
  #lastOut = randomInt(0, 2 ** 31);
  #lastCamera = 0;
  #lastArrivedAtMs: number | undefined;
  #isRestarted = true;
  /** The camera's last timestamp on our scale. With B-frames it is not the last that we gave out. */
  #mapped = 0;
  /** Where our scale would be by arrival alone is counted from here. */
  #anchorTimestamp = 0;
  #anchoredAtMs = 0;
  /** How far the camera's clock usually is from there. */
  #usualLead = 0;
  #jumps = 0;
  #firstJumpAtMs = 0;
  #distrustedUntilMs = 0;

  /** The next frame comes from another clock: the camera was connected again. */
  restart(): void {
    this.#isRestarted = true;
  }

  /** The timestamp for a frame, given the camera's and when its first packet arrived (`performance.now()`). */
  next(camera: number, arrivedAtMs: number): number {
    const elapsed = Math.max(0, arrivedAtMs - (this.#lastArrivedAtMs ?? arrivedAtMs)) * ticksPerMs;
    const step = (camera - this.#lastCamera) | 0;
    this.#lastCamera = camera;
    this.#lastArrivedAtMs = arrivedAtMs;
    const isTrusted = !this.#isRestarted && arrivedAtMs >= this.#distrustedUntilMs;
    const agrees = isTrusted && this.#follow(step, elapsed, arrivedAtMs);
    if (!agrees) {
      if (isTrusted) this.#countJump(arrivedAtMs);
      this.#anchor(elapsed, arrivedAtMs);
    }
    this.#isRestarted = false;
    this.#lastOut = Math.max(this.#mapped, this.#lastOut + smallestStep);
    return this.#lastOut % 2 ** 32;
  }

  /** Goes on by the camera's step. False when its clock and ours tell different times then. */
  #follow(step: number, elapsed: number, arrivedAtMs: number): boolean {
    this.#mapped += step;
    const byArrival = this.#anchorTimestamp + (arrivedAtMs - this.#anchoredAtMs) * ticksPerMs;
    const lead = this.#mapped - byArrival;
    const excess = lead - this.#usualLead;
    if (excess > earlyTolerance || excess < -lateTolerance) return false;
    const drift = elapsed * driftShare;
    this.#usualLead += Math.min(drift, Math.max(-drift, excess));
    return true;
  }

  #anchor(elapsed: number, arrivedAtMs: number): void {
    this.#mapped = this.#lastOut + Math.max(Math.round(elapsed), smallestStep);
    this.#anchorTimestamp = this.#mapped;
    this.#anchoredAtMs = arrivedAtMs;
    this.#usualLead = 0;
  }

  /** One jump is a clock that was set. Several are a clock that is no use for a while. */
  #countJump(atMs: number): void {
    if (atMs - this.#firstJumpAtMs > jumpWindowMs) {
      this.#firstJumpAtMs = atMs;
      this.#jumps = 0;
    }
    this.#jumps += 1;
    if (this.#jumps < jumpsToDistrust) return;
    this.#distrustedUntilMs = atMs + distrustMs;
    this.#jumps = 0;
  }
}
