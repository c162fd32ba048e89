import type { MaskPolygon } from '@commonsight/types/relay/masks';
import type { Logger } from 'pino';
import { nal } from '../ingest/nalUnits.ts';
import { readSps } from '../ingest/readSps.ts';
import { RtpWriter } from '../ingest/RtpWriter.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { flvHeader, flvParameterSets, flvPicture } from './flv.ts';
import { maskArguments } from './maskArguments.ts';
import { MaskProcess } from './MaskProcess.ts';
import { type CameraPicture, PictureAssembler } from './PictureAssembler.ts';

export interface MaskingOptions {
  readonly polygons: readonly MaskPolygon[];
  /** Where the masked pictures go: the stream's own. */
  readonly writer: RtpWriter;
  readonly onPicture: (rtpTimestamp: number, receivedAtMs: number) => void;
  /** Told at most once; from then on nothing comes out. */
  readonly onFailed: (error: CameraError) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** A picture on its way through ffmpeg. Moments are of `performance.now()`. */
interface Pending {
  readonly rtpTimestamp: number;
  readonly receivedAtMs: number;
}

const checkIntervalMs = 200;
/** To start, on a machine that is busy. */
const startTimeoutMs = 20_000;
/** Of one picture. */
const hangTimeoutMs = 3_000;
/** When ffmpeg is behind by so much, pictures are left out up to the camera's next key frame. */
const mostDelayMs = 700;
const keyFrameIntervalMs = 2_000;
/** FLV counts to 2^31 ms; after twelve days a new process begins to count anew. */
const longestRunMs = 2 ** 30;

const unusedFormat = {
  ssrc: 1,
  payloadType: 102,
  firstSequenceNumber: 0,
  playoutDelay: { extensionId: 1, minMs: 0, maxMs: 0 },
};

/**
 * Masks the pictures of one pull: takes the repaired packets at `intake`, gives the pictures to ffmpeg, and writes what
 * comes back. There is no other way from `intake` to the writer, so that when ffmpeg dies, hangs or cannot be started
 * nothing comes out. It never starts again by itself but for another picture size; its source fails, and the supervisor
 * tries again.
 */
export class Masking {
  /** For the repair, instead of the stream's writer. */
  readonly intake: RtpWriter;
  readonly #options: MaskingOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #pending = new Map<number, Pending>();
  #process: MaskProcess | undefined;
  /** What the camera said last of its pictures, in one text. */
  #described = '';
  #lastTimestamp = 0;
  #elapsedMs = 0;
  #lastTimeMs = 0;
  #keyFrameTimeMs = 0;
  #isKeyFrameWanted = false;
  #isLeavingOut = false;
  #startedAtMs = 0;
  #parameterSets: readonly Buffer[] = [];
  #pictures = 0;
  #isClosed = false;

  constructor(options: MaskingOptions) {
    this.#options = options;
    // A packet of before may wait there, and that was never masked.
    options.writer.discardHeld();
    options.writer.isHolding = false;
    const assembler = new PictureAssembler((picture) => this.#takePicture(picture));
    this.intake = new RtpWriter({ ...unusedFormat, send: (bytes, length) => assembler.take(bytes, length) });
    this.#timer = setInterval(() => this.#check(), checkIntervalMs);
  }

  /** Masked pictures that were written. */
  get pictures(): number {
    return this.#pictures;
  }

  /** The next picture becomes a key frame: unlike most cameras, this encoder can be asked. */
  requestKeyFrame(): void {
    this.#isKeyFrameWanted = true;
  }

  /** Idempotent. Nothing is written any more. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#process?.close();
  }

  #takePicture(picture: CameraPicture): void {
    if (this.#isClosed) return;
    if (picture.isKeyFrame && picture.isWhole && picture.parameterSets.length > 0) this.#prepare(picture);
    const process = this.#process;
    if (process === undefined || this.#isLeftOut(picture)) return;
    const timeMs = this.#nextTimeMs(picture.rtpTimestamp);
    this.#pending.set(timeMs, { rtpTimestamp: picture.rtpTimestamp, receivedAtMs: performance.now() });
    process.write(flvPicture(timeMs, picture.isKeyFrame, picture.units));
  }

  /** Starts ffmpeg before the first key frame, and anew when the camera describes its pictures in another way. */
  #prepare({ parameterSets, rtpTimestamp }: CameraPicture): void {
    const described = parameterSets.map((unit) => unit.toString('base64')).join();
    if (this.#process !== undefined && described === this.#described && this.#lastTimeMs < longestRunMs) return;
    this.#process?.close();
    try {
      this.#process = this.#start(parameterSets);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#described = described;
    this.#lastTimestamp = rtpTimestamp;
    this.#elapsedMs = 0;
    this.#lastTimeMs = 0;
    this.#keyFrameTimeMs = 0;
    this.#isLeavingOut = false;
    this.#startedAtMs = performance.now();
    this.#parameterSets = [];
    this.#pending.clear();
  }

  #start(parameterSets: readonly Buffer[]): MaskProcess {
    const ofType = (type: number) => parameterSets.filter((unit) => ((unit[0] as number) & 0x1f) === type);
    const sequenceSets = ofType(nal.sps);
    const sizes = sequenceSets.map((unit) => readSps(unit));
    const size = sizes.at(-1);
    if (size === undefined) throw new Error('The camera does not say how large its picture is.');
    const head = flvParameterSets(sequenceSets, ofType(nal.pps));
    const process = new MaskProcess({
      args: maskArguments(this.#options.polygons, size),
      onParameterSets: (units) => {
        this.#parameterSets = units;
      },
      onPicture: (timeMs, units) => this.#writePicture(timeMs, units),
      onEnded: (reason) => this.#fail(reason),
    });
    process.write(flvHeader);
    process.write(head);
    this.#options.log.info({ ...size, masks: this.#options.polygons.length }, 'masking starts');
    return process;
  }

  /** Growing, odd for a picture that is to become a key frame, and else even. */
  #nextTimeMs(rtpTimestamp: number): number {
    // Step by step: the timestamps themselves begin anew after thirteen hours.
    this.#elapsedMs += ((rtpTimestamp - this.#lastTimestamp) | 0) / 90;
    this.#lastTimestamp = rtpTimestamp;
    const evenMs = 2 * Math.max(Math.round(this.#elapsedMs / 2), Math.floor(this.#lastTimeMs / 2) + 1);
    const isDue = evenMs - this.#keyFrameTimeMs >= keyFrameIntervalMs;
    const isKeyFrame = isDue || this.#isKeyFrameWanted;
    if (isKeyFrame) this.#keyFrameTimeMs = evenMs;
    this.#isKeyFrameWanted = false;
    this.#lastTimeMs = isKeyFrame ? evenMs + 1 : evenMs;
    return this.#lastTimeMs;
  }

  /**
   * Up to the camera's next key frame: when ffmpeg is behind, and when something is lost. A decoder fills what is missing
   * from other places of the picture, and could bring there what a mask hides.
   */
  #isLeftOut({ isKeyFrame, isWhole }: CameraPicture): boolean {
    const isBehind = this.#pictures > 0 && this.#oldestAgeMs() > mostDelayMs;
    if (isBehind || !isWhole) this.#isLeavingOut = true;
    else if (isKeyFrame) this.#isLeavingOut = false;
    return this.#isLeavingOut;
  }

  #writePicture(timeMs: number, units: readonly Buffer[]): void {
    const pending = this.#pending.get(timeMs);
    if (this.#isClosed) return;
    if (pending === undefined) {
      this.#fail('ffmpeg gave a picture with a time that it never got.');
      return;
    }
    // Those before it, which the decoder could do nothing with, do not come any more.
    for (const time of this.#pending.keys()) if (time <= timeMs) this.#pending.delete(time);
    const isOf = (unit: Buffer, type: number) => ((unit[0] as number) & 0x1f) === type;
    const slices = units.filter((unit) => isOf(unit, nal.slice) || isOf(unit, nal.idr));
    const { writer, onPicture } = this.#options;
    writer.reserve(slices.reduce((sum, { length }) => sum + length, 0));
    const isKeyFrame = slices.some((unit) => isOf(unit, nal.idr));
    if (isKeyFrame) writer.writeUnits(pending.rtpTimestamp, this.#parameterSets);
    for (const [index, unit] of slices.entries()) {
      const isLast = index === slices.length - 1;
      writer.writeUnit(pending.rtpTimestamp, isLast, unit[0] as number, unit, 1, unit.length);
    }
    this.#pictures += 1;
    onPicture(pending.rtpTimestamp, pending.receivedAtMs);
  }

  #check(): void {
    if (this.#process === undefined) return;
    const isStarting = this.#parameterSets.length === 0;
    const ageMs = isStarting ? performance.now() - this.#startedAtMs : this.#oldestAgeMs();
    if (ageMs > (isStarting ? startTimeoutMs : hangTimeoutMs)) this.#fail(`ffmpeg gave nothing for ${ageMs} ms.`);
  }

  #oldestAgeMs(): number {
    const [oldest] = this.#pending.values();
    return oldest === undefined ? 0 : performance.now() - oldest.receivedAtMs;
  }

  #fail(reason: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.log.warn({ reason }, 'masking failed');
    this.#options.onFailed(new CameraError('maskFailed'));
  }
}
