import { type CameraMasks, haveSameShape } from '@commonsight/types/relay/masks';
import type { Logger } from 'pino';
import { nal, typeOf } from '../ingest/nalUnits.ts';
import { type PictureSize, readSps } from '../ingest/readSps.ts';
import type { RtpWriter } from '../ingest/RtpWriter.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import { flvHeader, flvParameterSets, flvPicture } from './flv.ts';
import { Lateness } from './Lateness.ts';
import { maskArguments, mostMacroblocks } from './maskArguments.ts';
import { MaskProcess, type MaskProcessOptions } from './MaskProcess.ts';
import type { CameraPicture } from './PictureAssembler.ts';
import { writerOfPictures } from './writerOfPictures.ts';

type RunningProcess = Pick<MaskProcess, 'write' | 'close' | 'isDrained'>;

export interface MaskingOptions {
  readonly masks: CameraMasks;
  /** Where the masked pictures go: the stream's own. */
  readonly writer: RtpWriter;
  /** Ends it at once, also while the camera is still being asked. */
  readonly signal: AbortSignal;
  readonly onPicture: (rtpTimestamp: number, receivedAtMs: number) => void;
  /** Nothing comes out before the camera's next key frame. */
  readonly onKeyFrameNeeded: () => void;
  /** Told at most once; from then on nothing comes out. */
  readonly onFailed: (error: CameraError) => void;
  readonly log: Pick<Logger, 'debug'>;
  readonly openProcess?: (options: MaskProcessOptions) => RunningProcess;
}

const checkIntervalMs = 200;
/** To start, on a machine that is busy. */
const startTimeoutMs = 20_000;
const askAgainMs = 1_000;
const keyFrameIntervalMs = 2_000;
/** FLV counts to 2^31 ms; after twelve days a new process begins to count anew. */
const longestRunMs = 2 ** 30;

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
  #process: RunningProcess | undefined;
  /** Of the pictures that the process was started for. */
  #size: PictureSize | undefined;
  #lateness = new Lateness(0);
  #lastTimestamp = 0;
  #elapsedMs = 0;
  #lastTimeMs = 0;
  #keyFrameTimeMs = 0;
  #isKeyFrameWanted = false;
  /** Why the camera's pictures are left out up to its next key frame. */
  #leftOutFor: 'loss' | 'slowness' | undefined;
  #askedAtMs = -Infinity;
  #startedAtMs = 0;
  #parameterSets: readonly Buffer[] = [];
  #pictures = 0;
  #isClosed = false;

  constructor(options: MaskingOptions) {
    this.#options = options;
    // A packet of before may wait there, and that was never masked.
    options.writer.discardHeld();
    options.writer.isHolding = false;
    this.intake = writerOfPictures((picture) => this.#takePicture(picture));
    this.#timer = setInterval(() => this.#check(), checkIntervalMs);
    options.signal.addEventListener('abort', this.#abort);
    if (options.signal.aborted) this.close();
  }

  /** A key frame of the camera is here. When nothing comes out from then on, it fails by itself. */
  get hasStarted(): boolean {
    return this.#process !== undefined;
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
    this.#options.signal.removeEventListener('abort', this.#abort);
    clearInterval(this.#timer);
    this.#process?.close();
  }

  readonly #abort = (): void => this.close();

  #takePicture(picture: CameraPicture): void {
    if (this.#isClosed) return;
    if (picture.isKeyFrame && picture.isWhole && picture.parameterSets.length > 0) this.#prepare(picture);
    const process = this.#process;
    // Before it has begun only a key frame that arrived in parts is missed: a camera is given its time for the first one.
    if (this.#isClosed || (process === undefined && !picture.isKeyFrame)) return;
    if (this.#isLeftOut(picture) || process === undefined) return;
    const { rtpTimestamp, parameterSets, units, isKeyFrame } = picture;
    const timeMs = this.#nextTimeMs(rtpTimestamp);
    this.#lateness.wentIn(timeMs, { rtpTimestamp, receivedAtMs: performance.now() });
    // With their parameter sets, which a camera may change while the size of its picture stays.
    process.write(flvPicture(timeMs, isKeyFrame, [...parameterSets, ...units]));
  }

  /** Starts ffmpeg before the first key frame, and anew when the camera's picture has another size. */
  #prepare({ parameterSets, rtpTimestamp }: CameraPicture): void {
    try {
      const size = this.#sizeOf(parameterSets);
      const isSame = size.width === this.#size?.width && size.height === this.#size.height;
      if (this.#process !== undefined && isSame && this.#lastTimeMs < longestRunMs) return;
      this.#process?.close();
      this.#size = size;
      this.#process = this.#start(parameterSets, size);
    } catch (error) {
      this.#fail(error);
      return;
    }
    const nowMs = performance.now();
    this.#lastTimestamp = rtpTimestamp;
    this.#elapsedMs = 0;
    this.#lastTimeMs = 0;
    this.#keyFrameTimeMs = 0;
    this.#leftOutFor = undefined;
    this.#startedAtMs = nowMs;
    this.#parameterSets = [];
    this.#lateness = new Lateness(nowMs);
  }

  /** Throws for a picture in which the masks would hide something else than in the one that they were drawn on. */
  #sizeOf(parameterSets: readonly Buffer[]): PictureSize {
    const { masks } = this.#options;
    const read = ofType(parameterSets, nal.sps).map((unit) => readSps(unit));
    const sizes = read.filter((size) => size !== undefined);
    const size = sizes.at(-1);
    if (size === undefined || sizes.length < read.length) {
      throw new Error('The camera does not say how large its picture is.');
    }
    // Any of them may be the one that a picture goes by.
    const large = sizes.find(({ width, height }) => Math.ceil(width / 16) * Math.ceil(height / 16) > mostMacroblocks);
    if (large !== undefined) {
      throw new CameraError(
        'maskFailed',
        `This stream’s picture (${large.width}x${large.height}) is larger than the relay can mask, so nothing of it is shown. Choose at most 4096x2304 in the camera.`,
      );
    }
    const other = sizes.find((one) => !haveSameShape(masks, one));
    if (other === undefined) return size;
    throw new CameraError(
      'maskFailed',
      `The owner’s privacy masks were drawn on a picture of ${masks.width}x${masks.height}, and this stream has another shape (${other.width}x${other.height}), so nothing of it is shown. Set both streams of the camera to one shape.`,
    );
  }

  #start(parameterSets: readonly Buffer[], size: PictureSize): RunningProcess {
    const { masks, log, openProcess = (options) => new MaskProcess(options) } = this.#options;
    const head = flvParameterSets(ofType(parameterSets, nal.sps), ofType(parameterSets, nal.pps));
    const process = openProcess({
      args: maskArguments(masks.polygons, size),
      onParameterSets: (units) => {
        this.#parameterSets = units;
      },
      onPicture: (timeMs, units) => this.#writePicture(timeMs, units),
      onEnded: (reason) => this.#fail(new Error(reason)),
    });
    process.write(flvHeader);
    process.write(head);
    log.debug({ ...size, masks: masks.polygons.length }, 'masking starts');
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
    const nowMs = performance.now();
    const before = this.#leftOutFor;
    if (!isWhole) this.#leftOutFor ??= 'loss';
    else if (before === undefined) {
      if (this.#lateness.isBehind(nowMs)) this.#leftOutFor = 'slowness';
    } else if (isKeyFrame && (before === 'loss' || this.#hasRoom(nowMs))) {
      this.#leftOutFor = undefined;
      this.#lateness.countFrom(nowMs);
      if (before === 'loss') this.#lateness.forgive(nowMs);
    }
    this.#askWhenNeeded(nowMs);
    return this.#leftOutFor !== undefined;
  }

  /**
   * Key frames are the largest of pictures: none is asked for while one could not be used, and none before the camera had
   * time to send the last one.
   */
  #askWhenNeeded(nowMs: number): void {
    const isOfUse = this.#leftOutFor === 'loss' || (this.#leftOutFor === 'slowness' && this.#hasRoom(nowMs));
    if (!isOfUse || nowMs - this.#askedAtMs < askAgainMs) return;
    this.#askedAtMs = nowMs;
    this.#options.onKeyFrameNeeded();
  }

  #hasRoom(nowMs: number): boolean {
    return this.#lateness.hasRoom(nowMs, this.#process?.isDrained === true);
  }

  #writePicture(timeMs: number, units: readonly Buffer[]): void {
    if (this.#isClosed) return;
    const picture = this.#lateness.cameOut(timeMs, performance.now());
    if (picture === undefined) {
      this.#fail(new Error('ffmpeg gave a picture with a time that it never got.'));
      return;
    }
    const slices = units.filter((unit) => [nal.slice, nal.idr].some((type) => typeOf(unit) === type));
    const { writer, onPicture } = this.#options;
    writer.reserve(slices.reduce((sum, { length }) => sum + length, 0));
    const isKeyFrame = ofType(slices, nal.idr).length > 0;
    if (isKeyFrame) writer.writeUnits(picture.rtpTimestamp, this.#parameterSets);
    for (const [index, unit] of slices.entries()) {
      const isLast = index === slices.length - 1;
      writer.writeUnit(picture.rtpTimestamp, isLast, unit[0] as number, unit, 1, unit.length);
    }
    this.#pictures += 1;
    onPicture(picture.rtpTimestamp, picture.receivedAtMs);
  }

  #check(): void {
    const nowMs = performance.now();
    this.#askWhenNeeded(nowMs);
    if (this.#process === undefined) return;
    if (this.#parameterSets.length === 0) {
      if (nowMs - this.#startedAtMs > startTimeoutMs) this.#fail(new Error('ffmpeg does not start.'));
      // What is in it while the camera's pictures are damaged need not come out before the next one.
    } else if (this.#leftOutFor !== 'loss' && this.#lateness.isHanging(nowMs)) {
      this.#fail(new Error('ffmpeg gives no pictures any more.'));
    }
  }

  #fail(cause: unknown): void {
    if (this.#isClosed) return;
    this.close();
    this.#options.onFailed(cause instanceof CameraError ? cause : new CameraError('maskFailed', undefined, { cause }));
  }
}

function ofType(units: readonly Buffer[], type: number): Buffer[] {
  return units.filter((unit) => typeOf(unit) === type);
}
