import { randomInt } from 'node:crypto';
import { LiveBar } from './bar/LiveBar.ts';
import type { FaultSet } from './faults/FaultSet.ts';
import type { ClipVariant } from './faults/Fault.ts';
import type { AccessUnit, ParsedClip } from './h264/AccessUnit.ts';
import type { PacketSink } from './rtp/PacketSink.ts';
import { RtpSender } from './rtp/RtpSender.ts';
import { packetise } from './rtp/packetise.ts';
import { FRAMES_PER_SECOND, dueTimeMs } from './stamp.ts';
import type { StreamName } from './streams.ts';

const TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;
const PAYLOAD_BYTES = 1400;
const REPORT_INTERVAL_FRAMES = 5 * FRAMES_PER_SECOND;

export interface StreamSettings {
  readonly name: StreamName;
  /** The text in the picture. */
  readonly title: string;
  /** CNAME of the sender reports. */
  readonly cname: string;
  /** Whether SPS and PPS share a STAP-A, as some makers do; else each has its packet. */
  readonly aggregatesParameterSets: boolean;
  readonly faults: () => FaultSet;
  readonly loadClip: (variant: ClipVariant) => Promise<ParsedClip>;
}

/** One stream of a camera. It costs nothing while nobody pulls it, and sends everybody who does the same packets. */
export class SimulatedStream {
  readonly #settings: StreamSettings;
  readonly #pulls = new Set<PacketSink>();
  readonly #pullsWithoutReport = new Set<PacketSink>();
  readonly #clips = new Map<ClipVariant, ParsedClip>();
  readonly #bars = new Map<ParsedClip, LiveBar>();
  readonly #timestampOffset = randomInt(2 ** 32);
  #sender = new RtpSender();

  constructor(settings: StreamSettings) {
    this.#settings = settings;
  }

  get name(): StreamName {
    return this.#settings.name;
  }

  get pullCount(): number {
    return this.#pulls.size;
  }

  get ssrc(): number {
    const wanted = this.#settings.faults().ssrc;
    if (wanted !== undefined && wanted !== this.#sender.ssrc) this.#sender = new RtpSender(wanted);
    return this.#sender.ssrc;
  }

  get nextSequenceNumber(): number {
    return this.#sender.nextSequenceNumber;
  }

  timestampOf(liveFrame: number): number {
    const timestamp = (((liveFrame * TICKS_PER_FRAME) % 2 ** 32) + this.#timestampOffset) % 2 ** 32;
    return this.#settings.faults().timestamp(timestamp, liveFrame) % 2 ** 32;
  }

  /** Reads what the stream may have to send at this moment, so that no frame waits for the disk. */
  async prepare(liveFrame: number): Promise<ParsedClip> {
    const faults = this.#settings.faults();
    // A stream that changes while it runs needs both encodings.
    const variants = new Set<ClipVariant>([
      faults.clipVariantAt(liveFrame),
      ...Array.from({ length: 60 }, (_, second) => faults.clipVariantAt(liveFrame + second * FRAMES_PER_SECOND)),
    ]);
    for (const variant of variants) {
      if (!this.#clips.has(variant)) this.#clips.set(variant, await this.#settings.loadClip(variant));
    }
    const clip = this.#clips.get(faults.clipVariantAt(liveFrame));
    if (clip === undefined) throw new Error(`The ${this.name} stream has no clip.`);
    return clip;
  }

  addPull(sink: PacketSink): void {
    this.#pulls.add(sink);
    this.#pullsWithoutReport.add(sink);
  }

  removePull(sink: PacketSink): void {
    this.#pulls.delete(sink);
    this.#pullsWithoutReport.delete(sink);
  }

  /** Sends the frame that is due. */
  sendFrame(liveFrame: number): void {
    if (this.#pulls.size === 0) return;
    const faults = this.#settings.faults();
    const shownFrame = faults.frameAt(liveFrame);
    const clip = this.#clips.get(faults.clipVariantAt(liveFrame));
    if (shownFrame === undefined || clip === undefined) return;
    const unit = clip.accessUnits[shownFrame % clip.accessUnits.length];
    if (unit === undefined) return;
    const timestamp = this.timestampOf(liveFrame);
    const shownAt = this.timestampOf(liveFrame + unit.displayOffset);
    const packets = this.#sender.build(faults.packets(this.#payloads(clip, unit, liveFrame)), shownAt);
    for (const pull of this.#pulls) pull.sendRtp(packets);
    if (!faults.hasNoSenderReports) this.#report(liveFrame, timestamp);
  }

  #payloads(clip: ParsedClip, unit: AccessUnit, liveFrame: number): { payload: Buffer; isLast: boolean }[] {
    const { sps, pps } = clip;
    const faults = this.#settings.faults();
    const parameterSets = this.#settings.aggregatesParameterSets ? [[sps, pps]] : [[sps], [pps]];
    const slices = this.#barOf(clip)?.slices(unit, dueTimeMs(liveFrame)) ?? unit.slices;
    const groups = unit.isKeyFrame ? [...parameterSets, slices] : [slices];
    const picture = faults.picture({ groups, isKeyFrame: unit.isKeyFrame, liveFrame, sps, pps }, unit);
    const isAllTcp = [...this.#pulls].every((pull) => !pull.isUdp);
    const maxBytes = (isAllTcp ? faults.tcpPayloadBytes : undefined) ?? PAYLOAD_BYTES;
    const payloads = packetise(picture.groups, maxBytes);
    return payloads.map((payload, index) => ({ payload, isLast: index === payloads.length - 1 }));
  }

  #barOf(clip: ParsedClip): LiveBar | undefined {
    if (!LiveBar.fits(clip)) return undefined;
    const bar = this.#bars.get(clip) ?? new LiveBar(this.#settings.title, clip);
    this.#bars.set(clip, bar);
    return bar;
  }

  #report(liveFrame: number, timestamp: number): void {
    const isDue = liveFrame % REPORT_INTERVAL_FRAMES === 0;
    if (!isDue && this.#pullsWithoutReport.size === 0) return;
    const wallClockMs = this.#settings.faults().wallClock(dueTimeMs(liveFrame));
    const report = this.#sender.senderReport(wallClockMs, timestamp, this.#settings.cname);
    for (const pull of isDue ? this.#pulls : this.#pullsWithoutReport) pull.sendRtcp(report);
    this.#pullsWithoutReport.clear();
  }
}
