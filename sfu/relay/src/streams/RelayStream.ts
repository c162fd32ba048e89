import type { StreamHealth } from '@commonsight/types/health';
import type { CameraMasks } from '@commonsight/types/relay/masks';
import type { StreamKind } from '@commonsight/types/stream-kind';
import type { Logger } from 'pino';
import { readCamera } from '../cameras/readCamera.ts';
import { CameraSource } from '../ingest/CameraSource.ts';
import type { IngestSource } from '../ingest/IngestSource.ts';
import { IngestSupervisor } from '../ingest/IngestSupervisor.ts';
import { RtpClock } from '../ingest/RtpClock.ts';
import { RtpWriter } from '../ingest/RtpWriter.ts';
import type { IngestTimings } from '../ingest/timings.ts';
import { TransportPreference } from '../ingest/TransportPreference.ts';
import type { MaskingPlaces } from '../masks/MaskingPlaces.ts';
import { CameraError } from '../rtsp/CameraError.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import type { DigestMemory } from '../rtsp/SignInRule.ts';
import type { StreamGrants } from '../sharing/StreamGrants.ts';
import type { MediaWorker } from '../uplink/MediaWorker.ts';
import { createPacketFormat } from '../uplink/mediaFormat.ts';
import { StreamOutput, type UplinkDescription, type UplinkTarget } from '../uplink/StreamOutput.ts';

export interface StreamIdentity {
  readonly streamId: string;
  readonly cameraId: string;
  readonly kind: StreamKind;
}

export interface StreamSettings {
  /** Where `cameras.json` is. */
  readonly folder: string;
  /** Where cameras may be. */
  readonly rules: AddressRules;
  /** Where uplinks may go. */
  readonly uplinkRules: AddressRules;
  readonly digestMemory: DigestMemory;
  readonly timings: IngestTimings;
  /** What the owner hides of a camera at this moment; null for nothing. */
  readonly masksOf: (cameraId: string) => CameraMasks | null | 'unknown';
  readonly maskingPlaces: MaskingPlaces;
  readonly playoutDelay: { readonly minMs: number; readonly maxMs: number };
  readonly log: Logger;
}

/** A frame that was received whole: its timestamp as sent, and when, of `performance.now()`. */
export interface ReceivedFrame {
  readonly rtpTimestamp: number;
  readonly atMs: number;
}

const keyFrameRequestIntervalMs = 1_000;
/** The uplink that grants hold; each preview has another one, by its id. */
const viewed = 'viewed';

/**
 * One stream that the server has asked for: its pull from the camera, its output, the uplink of now and the grants that
 * it lives by; beside these the owner's previews, each on an uplink of its own with the same packets. What belongs to the
 * packets (SSRC, numbers, timestamps) lives as long as the stream, over every reconnect of the camera and every new uplink
 * (STR6).
 */
export class RelayStream {
  readonly identity: StreamIdentity;
  readonly grants: StreamGrants;
  readonly #output: StreamOutput;
  readonly #writer: RtpWriter;
  readonly #uplinkRules: AddressRules;
  readonly #masksOf: StreamSettings['masksOf'];
  readonly #supervisor: IngestSupervisor;
  readonly #previews = new Map<string, { readonly isBeyondSharing: boolean }>();
  #uplinkId = '';
  #sentBytes = 0;
  #lastFrame: ReceivedFrame | undefined;
  #keyFrameRequestedAtMs = -Infinity;
  #keyFrameTimer: NodeJS.Timeout | undefined;
  /** Counts what `mute` has ended: what was begun before it does not stand after it. */
  #mutes = 0;
  /** The masks that the pull of now goes by, as text; undefined before the first. */
  #masksText: string | undefined;

  static async create(
    identity: StreamIdentity,
    parts: {
      worker: MediaWorker;
      grants: StreamGrants;
      settings: StreamSettings;
      onHealth: (health: StreamHealth) => void;
    },
  ): Promise<RelayStream> {
    const format = createPacketFormat(parts.settings.playoutDelay);
    let stream: RelayStream | undefined;
    const output = await StreamOutput.open(await parts.worker.router(), format, () => stream?.requestKeyFrame());
    const writer = new RtpWriter({
      ...format,
      send: (bytes, length) => {
        if (stream !== undefined) stream.#sentBytes += length * output.uplinkCount;
        output.send(bytes, length);
      },
    });
    stream = new RelayStream(identity, parts.grants, output, writer, parts.settings, parts.onHealth);
    return stream;
  }

  private constructor(
    identity: StreamIdentity,
    grants: StreamGrants,
    output: StreamOutput,
    writer: RtpWriter,
    settings: StreamSettings,
    onHealth: (health: StreamHealth) => void,
  ) {
    this.identity = identity;
    this.grants = grants;
    this.#output = output;
    this.#writer = writer;
    this.#uplinkRules = settings.uplinkRules;
    this.#masksOf = settings.masksOf;
    const { folder, rules, digestMemory, timings, log, maskingPlaces } = settings;
    const clock = new RtpClock();
    const preference = new TransportPreference();
    const { cameraId, kind } = identity;
    this.#supervisor = new IngestSupervisor({
      timings,
      log,
      onHealth,
      openSource: async (source) => {
        const masks = this.#masksOf(cameraId);
        this.#masksText = JSON.stringify(masks);
        if (masks === 'unknown') throw new CameraError('maskFailed');
        const camera = await readCamera(folder, cameraId, kind);
        const free = masks === null ? () => undefined : maskingPlaces.take();
        const opening = CameraSource.open({
          ...source,
          masks,
          log,
          camera,
          rules,
          signInRule: digestMemory.ruleFor({ ...camera, id: cameraId }),
          answerTimeoutMs: timings.answerTimeoutMs,
          preference,
          writer,
          clock,
          // A round trip to the camera after the pull of before was ended, and before the first packet of this one.
          onTrack: () => this.#output.release(),
          onPicture: (rtpTimestamp, atMs) => {
            this.#lastFrame = { rtpTimestamp, atMs };
          },
        });
        return freeing(opening, free);
      },
    });
  }

  get uplinkId(): string {
    return this.#uplinkId;
  }

  /** Whether anybody gets its packets: who views it under a grant, or its owner. */
  get isUsed(): boolean {
    return this.#uplinkId !== '' || this.#previews.size > 0;
  }

  /** Whether something of it, or what is just beginning, has to end once the owner does not share the camera. */
  get isUnderSharing(): boolean {
    return (
      !this.isUsed ||
      this.#uplinkId !== '' ||
      [...this.#previews.values()].some(({ isBeyondSharing }) => !isBeyondSharing)
    );
  }

  /** Of RTP packets, over all uplinks; what is sent anew and what encryption adds is not counted. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** How many times each packet leaves. */
  get uplinkCount(): number {
    return this.#output.uplinkCount;
  }

  get health(): StreamHealth {
    return this.#supervisor.health;
  }

  /** The newest frame that was sent on, once: the next call answers undefined until there is another. */
  takeLastFrame(): ReceivedFrame | undefined {
    const frame = this.#lastFrame;
    this.#lastFrame = undefined;
    return frame;
  }

  /** Sends to this target from now on; the first call also starts the pull. */
  async replaceUplink(target: UplinkTarget): Promise<UplinkDescription> {
    const mutes = this.#mutes;
    const isWanted = (): boolean => mutes === this.#mutes;
    const description = await this.#output.replaceUplink(viewed, target, this.#uplinkRules, isWanted);
    this.#uplinkId = target.uplinkId;
    this.#supervisor.start();
    return description;
  }

  /** Goes by the owner's masks of this moment: after a change nothing is sent any more that was made by those before. */
  takeMasks(): void {
    if (this.#masksText === undefined || this.#masksText === JSON.stringify(this.#masksOf(this.identity.cameraId)))
      return;
    this.#writer.discardHeld();
    this.#output.hold();
    this.#supervisor.reopen();
  }

  /**
   * Sends nothing any more of what ends with the sharing, also of what is just being opened; what its owner sees beyond that
   * goes on. Its end has to follow.
   */
  mute(): void {
    this.#mutes += 1;
    this.#output.closeUplink(viewed);
    for (const [id, { isBeyondSharing }] of this.#previews) if (!isBeyondSharing) this.#output.closeUplink(id);
  }

  /** Who views it under a grant gets no more packets; the owner's previews go on. */
  endViewing(): void {
    this.grants.close();
    this.#uplinkId = '';
    this.#output.closeUplink(viewed);
  }

  /** Sends the same packets to one more target. */
  async addPreview(
    previewId: string,
    target: UplinkTarget,
    preview: { readonly isBeyondSharing: boolean },
  ): Promise<UplinkDescription> {
    const mutes = this.#mutes;
    const isWanted = (): boolean => preview.isBeyondSharing || mutes === this.#mutes;
    const description = await this.#output.replaceUplink(previewId, target, this.#uplinkRules, isWanted);
    this.#previews.set(previewId, preview);
    this.#supervisor.start();
    return description;
  }

  /** Ends the previews that are meant, and gives their ids. */
  endPreviews(isMeant: (previewId: string, preview: { readonly isBeyondSharing: boolean }) => boolean): string[] {
    const ended = [...this.#previews].flatMap(([id, preview]) => (isMeant(id, preview) ? [id] : []));
    for (const id of ended) {
      this.#previews.delete(id);
      this.#output.closeUplink(id);
    }
    return ended;
  }

  /** At most once a second, and then the last one is not forgotten. */
  requestKeyFrame(): void {
    if (this.#keyFrameTimer !== undefined) return;
    const waitMs = this.#keyFrameRequestedAtMs + keyFrameRequestIntervalMs - performance.now();
    if (waitMs > 0) {
      this.#keyFrameTimer = setTimeout(() => this.#askForKeyFrame(), waitMs);
      return;
    }
    this.#askForKeyFrame();
  }

  /** Idempotent. */
  async close(): Promise<void> {
    clearTimeout(this.#keyFrameTimer);
    this.grants.close();
    this.#output.close();
    await this.#supervisor.close();
  }

  #askForKeyFrame(): void {
    this.#keyFrameTimer = undefined;
    this.#keyFrameRequestedAtMs = performance.now();
    this.#supervisor.requestKeyFrame();
  }
}

/** The source, which gives its place among the masked streams back when it ends or never begins. */
async function freeing(opening: Promise<IngestSource>, free: () => void): Promise<IngestSource> {
  try {
    const source = await opening;
    return {
      measure: () => source.measure(),
      requestKeyFrame: () => source.requestKeyFrame(),
      close: async () => {
        free();
        await source.close();
      },
    };
  } catch (error) {
    free();
    throw error;
  }
}
