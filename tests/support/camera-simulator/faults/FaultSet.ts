import type { AccessUnit } from '../h264/AccessUnit.ts';
import type { RtpPacket } from '../rtp/RtpSender.ts';
import type { RtspRequest, RtspResponse } from '../rtsp/RtspMessage.ts';
import type { ClipVariant, Fault, FaultContext, NoAnswer, OutgoingPicture, RawAnswer } from './Fault.ts';

/** The faults of one camera as one: every hook asks them in turn. */
export class FaultSet {
  readonly #faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  answer(request: RtspRequest, context: FaultContext): RtspResponse | RawAnswer | NoAnswer | undefined {
    for (const fault of this.#faults) {
      const answer = fault.answer?.(request, context);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  amend(response: RtspResponse, request: RtspRequest): void {
    for (const fault of this.#faults) fault.amend?.(response, request);
  }

  sdp(lines: readonly string[], width: number): string {
    const changed = this.#faults.reduce((before, fault) => fault.describe?.(before, width) ?? before, lines);
    const lineEnd = this.#first((fault) => fault.lineEnd) ?? '\r\n';
    return changed.map((line) => line + lineEnd).join('');
  }

  clipVariantAt(liveFrame: number): ClipVariant {
    return this.#first((fault) => fault.clipVariantAt?.(liveFrame) ?? fault.clipVariant) ?? 'normal';
  }

  frameAt(liveFrame: number): number | undefined {
    let frame: number | undefined = liveFrame;
    for (const fault of this.#faults) {
      if (frame !== undefined && fault.frameAt !== undefined) frame = fault.frameAt(frame);
    }
    return frame;
  }

  picture(picture: OutgoingPicture, unit: AccessUnit): OutgoingPicture {
    return this.#faults.reduce((before, fault) => fault.picture?.(before, unit) ?? before, picture);
  }

  packets(packets: readonly RtpPacket[]): readonly RtpPacket[] {
    return this.#faults.reduce((before, fault) => fault.packets?.(before) ?? before, packets);
  }

  timestamp(timestamp: number, liveFrame: number): number {
    return this.#faults.reduce((before, fault) => fault.timestamp?.(before, liveFrame) ?? before, timestamp);
  }

  wallClock(wallClockMs: number): number {
    return this.#faults.reduce((before, fault) => fault.wallClock?.(before) ?? before, wallClockMs);
  }

  junk(): Buffer {
    return this.#first((fault) => fault.junk?.()) ?? Buffer.alloc(0);
  }

  get hasNoSenderReports(): boolean {
    return this.#faults.some((fault) => fault.hasNoSenderReports === true);
  }

  get isOffline(): boolean {
    return this.#faults.some((fault) => fault.isOffline === true);
  }

  get sendsFromOtherAddress(): boolean {
    return this.#faults.some((fault) => fault.sendsFromOtherAddress === true);
  }

  get tcpPayloadBytes(): number | undefined {
    return this.#first((fault) => fault.tcpPayloadBytes);
  }

  get supports(): 'onlyTcp' | 'onlyUdp' | undefined {
    return this.#first((fault) => fault.supports);
  }

  get interleavedIdOffset(): number {
    return this.#first((fault) => fault.interleavedIdOffset) ?? 0;
  }

  get ssrc(): number | undefined {
    return this.#first((fault) => fault.ssrc);
  }

  get sessionTimeoutMs(): number | undefined {
    return this.#first((fault) => fault.sessionTimeoutMs);
  }

  #first<Value>(pick: (fault: Fault) => Value | undefined): Value | undefined {
    for (const fault of this.#faults) {
      const value = pick(fault);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
