import { nal, readSliceStart } from '../ingest/nalUnits.ts';
import { ParameterSets } from '../ingest/ParameterSets.ts';
import { createRtpView, parseRtp } from '../ingest/parseRtp.ts';
import type { PictureSize } from '../ingest/readSps.ts';

/** Ticks of an H264 stream's clock in a second. */
const clockRate = 90_000;
/** Of a fragment that begins a NAL unit (RFC 6184, 5.8). */
const startBit = 0x80;

interface KeyFrame {
  readonly timestamp: number;
  readonly hasParameterSets: boolean;
}

/** Measures the packets of one stream as they come from the camera, before anything is repaired. */
export class StreamGauge {
  readonly #payloadType: number;
  readonly #sets = new ParameterSets();
  readonly #view = createRtpView();
  readonly #keyFrames: KeyFrame[] = [];
  #bytes = 0;
  #packets = 0;
  #pictures = 0;
  #timestamp: number | undefined;
  #firstAtMs = 0;
  #lastAtMs = 0;
  #hasSequenceSet = false;
  #hasPictureSet = false;
  #hasB = false;

  constructor(track: { payloadType: number; parameterSets: readonly Buffer[] }) {
    this.#payloadType = track.payloadType;
    for (const set of track.parameterSets) this.#sets.remember(set);
  }

  get packets(): number {
    return this.#packets;
  }

  get keyFrames(): number {
    return this.#keyFrames.length;
  }

  get size(): PictureSize | undefined {
    return this.#sets.size;
  }

  get hasBFrames(): boolean {
    return this.#hasB;
  }

  /** By arrival, over the whole time; null before a second has passed. */
  get framesPerSecond(): number | null {
    const seconds = this.#seconds;
    return seconds < 1 ? null : Math.round(((this.#pictures - 1) / seconds) * 10) / 10;
  }

  get kilobitsPerSecond(): number | null {
    const seconds = this.#seconds;
    return seconds < 1 ? null : Math.round((this.#bytes * 8) / seconds / 1_000);
  }

  /** The longest time between two key frames by the camera's clock, in seconds; null when there were no two. */
  get keyFrameSeconds(): number | null {
    const steps = this.#keyFrames
      .slice(1)
      .map(({ timestamp }, index) => ((timestamp - (this.#keyFrames[index]?.timestamp ?? 0)) >>> 0) / clockRate);
    return steps.length === 0 ? null : Math.round(Math.max(...steps) * 10) / 10;
  }

  /** Whether each key frame came with SPS and PPS; null when there was none. */
  get repeatsParameterSets(): boolean | null {
    // The first may have been cut off before the packets that we saw.
    const judged = this.#keyFrames.length > 1 ? this.#keyFrames.slice(1) : this.#keyFrames;
    return judged.length === 0 ? null : judged.every(({ hasParameterSets }) => hasParameterSets);
  }

  takePacket(bytes: Buffer, start: number, end: number, arrivedAtMs: number): void {
    const view = this.#view;
    if (!parseRtp(bytes, start, end, view) || view.payloadType !== this.#payloadType) return;
    if (this.#packets === 0) this.#firstAtMs = arrivedAtMs;
    this.#packets += 1;
    this.#bytes += end - start;
    this.#lastAtMs = arrivedAtMs;
    if (view.timestamp !== this.#timestamp) {
      this.#timestamp = view.timestamp;
      this.#pictures += 1;
    }
    this.#takePayload(bytes, view.payloadStart, view.payloadEnd, view.timestamp);
  }

  get #seconds(): number {
    return (this.#lastAtMs - this.#firstAtMs) / 1_000;
  }

  #takePayload(bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (end - start < 2) return;
    const type = (bytes[start] as number) & 0x1f;
    if (type === nal.stapA) {
      for (let at = start + 1; at + 2 < end;) {
        const length = bytes.readUInt16BE(at);
        if (length === 0 || at + 2 + length > end) return;
        this.#takeUnit((bytes[at + 2] as number) & 0x1f, bytes, at + 2, at + 2 + length, timestamp);
        at += 2 + length;
      }
      return;
    }
    if (type === nal.fuA) {
      const header = bytes[start + 1] as number;
      if ((header & startBit) !== 0) this.#takeUnit(header & 0x1f, bytes, start + 1, end, timestamp);
      return;
    }
    this.#takeUnit(type, bytes, start, end, timestamp);
  }

  #takeUnit(type: number, bytes: Buffer, start: number, end: number, timestamp: number): void {
    if (type === nal.sps || type === nal.pps) {
      this.#sets.remember(bytes, start, end);
      if (type === nal.sps) this.#hasSequenceSet = true;
      else this.#hasPictureSet = true;
      return;
    }
    if (type === nal.slice) {
      this.#hasB ||= readSliceStart(bytes, start + 1, end).isB;
      return;
    }
    // Several slices make one key frame.
    if (type !== nal.idr || this.#keyFrames.at(-1)?.timestamp === timestamp) return;
    this.#keyFrames.push({ timestamp, hasParameterSets: this.#hasSequenceSet && this.#hasPictureSet });
    this.#hasSequenceSet = false;
    this.#hasPictureSet = false;
  }
}
