import type { CameraAddress } from '../rtsp/CameraAddress.ts';
import type { VideoTrack } from '../rtsp/readDescription.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import type { Logger } from 'pino';
import { Masking } from '../masks/Masking.ts';
import { RtspSession } from '../rtsp/RtspSession.ts';
import type { SignInRule } from '../rtsp/SignInRule.ts';
import { UnsupportedTransportError } from '../rtsp/UnsupportedTransportError.ts';
import { H264Repair } from './H264Repair.ts';
import type { IngestSource, SourceMeasure, SourceOptions } from './IngestSource.ts';
import { ParameterSets } from './ParameterSets.ts';
import type { RtpClock } from './RtpClock.ts';
import type { RtpWriter } from './RtpWriter.ts';
import type { CameraTransport, TransportPreference } from './TransportPreference.ts';

export interface CameraSourceOptions extends SourceOptions {
  readonly camera: CameraAddress;
  readonly rules: AddressRules;
  readonly signInRule: SignInRule;
  readonly answerTimeoutMs: number;
  readonly preference: TransportPreference;
  readonly writer: RtpWriter;
  readonly clock: RtpClock;
  readonly onPicture: (rtpTimestamp: number, arrivedAtMs: number) => void;
  /** The camera has said what it is about to send. */
  readonly onTrack: () => void;
  /** What must not leave the site; null when the owner hides nothing of this camera. */
  readonly masks: CameraMasks | null;
  readonly log: Pick<Logger, 'debug'>;
}

const nothingMeasured: SourceMeasure = {
  packets: 0,
  sent: 0,
  pictures: 0,
  isWaitingForKeyFrame: true,
  isMaskingStarting: false,
  hasBFrames: false,
  size: undefined,
};

/** Pulls a stream over RTSP and repairs it on its way to the writer. */
export class CameraSource implements IngestSource {
  readonly #options: CameraSourceOptions;
  readonly #parameterSets = new ParameterSets();
  #session: RtspSession | undefined;
  #repair: H264Repair | undefined;
  #masking: Masking | undefined;

  static async open(options: CameraSourceOptions): Promise<CameraSource> {
    const transports = options.preference.order(options.camera.transport);
    let unsupported: unknown;
    for (const transport of transports) {
      const source = new CameraSource(options);
      try {
        await source.#connect(transport);
        options.preference.noteWorked(transport);
        return source;
      } catch (error) {
        source.#masking?.close();
        if (!(error instanceof UnsupportedTransportError)) throw error;
        unsupported = error;
      }
    }
    throw unsupported;
  }

  private constructor(options: CameraSourceOptions) {
    this.#options = options;
  }

  measure(): SourceMeasure {
    const repair = this.#repair;
    if (repair === undefined) return nothingMeasured;
    const { packets, pictures, isWaitingForKeyFrame, hasBFrames } = repair;
    const { size } = this.#parameterSets;
    const isMaskingStarting = false;
    const measure = { packets, sent: packets, pictures, isWaitingForKeyFrame, isMaskingStarting, hasBFrames, size };
    const masking = this.#masking;
    if (masking === undefined) return measure;
    // What counts is what comes out. The encoder writes no B-frames, whatever the camera does.
    const sent = masking.pictures;
    const isWaiting = sent === 0;
    return {
      ...measure,
      sent,
      pictures: sent,
      isWaitingForKeyFrame: isWaiting,
      isMaskingStarting: isWaiting && masking.hasStarted,
      hasBFrames: false,
    };
  }

  requestKeyFrame(): void {
    this.#masking?.requestKeyFrame();
    this.#askCamera();
  }

  #askCamera(): void {
    const repair = this.#repair;
    if (repair !== undefined && repair.packets > 0) this.#session?.requestKeyFrame(repair);
  }

  async close(): Promise<void> {
    this.#masking?.close();
    // One that was ended says nothing about its transport.
    const { preference, signal } = this.#options;
    if (this.measure().packets === 0 && !signal.aborted) preference.noteSilent();
    await this.#session?.close();
  }

  async #connect(transport: CameraTransport): Promise<void> {
    const { camera, rules, signInRule, answerTimeoutMs, signal, onLost } = this.#options;
    this.#session = await RtspSession.open({
      camera,
      transport,
      rules,
      signInRule,
      answerTimeoutMs,
      signal,
      onLost,
      onTrack: (track) => this.#takeTrack(track),
      onRtp: (bytes, start, end, arrivedAtMs) => {
        // It takes a moment to end, and what comes meanwhile is for nobody.
        if (!signal.aborted) this.#repair?.takePacket(bytes, start, end, arrivedAtMs);
      },
    });
    this.#session.startReports(() => this.#repair);
  }

  #takeTrack({ payloadType, parameterSets }: VideoTrack): void {
    for (const set of parameterSets) this.#parameterSets.remember(set);
    const { clock, onPicture } = this.#options;
    this.#masking?.close();
    this.#masking = this.#createMasking();
    const out =
      this.#masking === undefined
        ? { writer: this.#options.writer, onPicture }
        : { writer: this.#masking.intake, onPicture: () => undefined };
    this.#repair = new H264Repair({ ...out, clock, payloadType, parameterSets: this.#parameterSets });
    const { signal, onTrack } = this.#options;
    if (!signal.aborted) onTrack();
  }

  #createMasking(): Masking | undefined {
    const { masks, writer, signal, onPicture, onLost: onFailed, log } = this.#options;
    if (masks === null) return undefined;
    const onKeyFrameNeeded = (): void => this.#askCamera();
    return new Masking({ masks, writer, signal, onPicture, onKeyFrameNeeded, onFailed, log });
  }
}
