import { CameraError } from '../rtsp/CameraError.ts';
import { FrameMeter } from './FrameMeter.ts';
import type { SourceMeasure } from './IngestSource.ts';
import type { IngestState } from './IngestState.ts';
import type { IngestTimings } from './timings.ts';

const slowestStaleMs = 4_000;

/** Judges a running source by what it has seen: whether it is live, stale, or to be given up. */
export class SourceWatch {
  readonly #timings: IngestTimings;
  readonly #frames = new FrameMeter();
  readonly #startedAtMs: number;
  #packets = 0;
  #lastPacketAtMs: number;
  #sent = 0;
  #lastSentAtMs: number;
  #reported: IngestState;

  /** Moments are of `Date.now()`. Until the first packet the state stays `connecting`, which is where it began. */
  constructor(timings: IngestTimings, connecting: IngestState, nowMs: number) {
    this.#timings = timings;
    this.#startedAtMs = nowMs;
    this.#lastPacketAtMs = nowMs;
    this.#lastSentAtMs = nowMs;
    this.#reported = connecting;
  }

  /** The state now; the same object while nothing has changed that anybody would see. Throws to give the source up. */
  check(measure: SourceMeasure, nowMs: number): IngestState {
    if (measure.packets !== this.#packets) {
      this.#packets = measure.packets;
      this.#lastPacketAtMs = nowMs;
    }
    if (measure.sent !== this.#sent) {
      this.#sent = measure.sent;
      this.#lastSentAtMs = nowMs;
    }
    this.#frames.sample(measure.pictures, nowMs);
    const next = this.#judge(measure, nowMs);
    if (isVisiblyOther(this.#reported, next)) this.#reported = next;
    return this.#reported;
  }

  #judge(measure: SourceMeasure, nowMs: number): IngestState {
    const silentMs = nowMs - this.#lastPacketAtMs;
    if (silentMs >= this.#timings.silentAfterMs) throw new CameraError('noPackets');
    if (measure.packets === 0) return this.#reported;
    if (measure.isWaitingForKeyFrame) {
      const isOver = nowMs - this.#startedAtMs >= this.#timings.keyFrameTimeoutMs;
      if (isOver && !measure.isMaskingStarting) throw new CameraError('noKeyFrame');
      return this.#entered('waitingForKeyFrame', nowMs);
    }
    if (nowMs - this.#lastSentAtMs >= this.#staleAfterMs()) return this.#entered('stale', nowMs);
    if (measure.hasBFrames) return this.#entered('degraded', nowMs);
    const { sinceMs } = this.#entered('live', nowMs);
    const size = measure.size ?? { width: 0, height: 0 };
    return { name: 'live', sinceMs, size, framesPerSecond: this.#frames.framesPerSecond };
  }

  #entered<N extends 'waitingForKeyFrame' | 'live' | 'degraded' | 'stale'>(name: N, nowMs: number) {
    const sinceMs = this.#reported.name === name ? this.#reported.sinceMs : nowMs;
    return { name, sinceMs };
  }

  #staleAfterMs(): number {
    const { framesPerSecond } = this.#frames;
    const threeFrames = framesPerSecond === 0 ? 0 : 3_000 / framesPerSecond;
    return Math.max(this.#timings.staleAfterMs, Math.min(threeFrames, slowestStaleMs));
  }
}

function isVisiblyOther(before: IngestState, after: IngestState): boolean {
  if (before.name !== 'live' || after.name !== 'live') return before.name !== after.name;
  const isOtherSize = before.size.width !== after.size.width || before.size.height !== after.size.height;
  const change = Math.abs(after.framesPerSecond - before.framesPerSecond);
  return isOtherSize || change >= Math.max(0.2, before.framesPerSecond * 0.1);
}
