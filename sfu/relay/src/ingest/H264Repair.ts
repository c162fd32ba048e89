import { MarkerTrust } from './MarkerTrust.ts';
import { nal, readSliceStart, splitAtStartCodes } from './nalUnits.ts';
import type { ParameterSets } from './ParameterSets.ts';
import { createRtpView, parseRtp } from './parseRtp.ts';
import type { RtpClock } from './RtpClock.ts';
import type { RtpWriter } from './RtpWriter.ts';

export interface H264RepairOptions {
  readonly writer: RtpWriter;
  readonly clock: RtpClock;
  readonly payloadType: number;
  /** As the SDP gave them; those in the packets are added. */
  readonly parameterSets: ParameterSets;
  /** A picture that was sent on is here as a whole. */
  readonly onPicture: (rtpTimestamp: number, arrivedAtMs: number) => void;
}

type Fragment = 'none' | 'sent' | 'dropped' | 'collected';

const maxCollectedBytes = 1_048_576;
const bSlicesToBelieve = 3;

/**
 * Takes one camera connection's RTP packets and writes those that browsers and mediasoup want: SPS and PPS in one STAP-A
 * before each key frame, nothing above 1200 bytes, no delimiters, fillers and messages, the marker bit on the last
 * packet of a picture and on no other. Nothing is sent before the first key frame, because nobody could show it.
 *
 * SEI is left out with the rest: no browser shows anything of it, and it would stand between the parameter sets and
 * their picture.
 */
export class H264Repair {
  readonly #options: H264RepairOptions;
  readonly #writer: RtpWriter;
  readonly #view = createRtpView();
  readonly #marker = new MarkerTrust();
  #arrivedAtMs = 0;
  #expectedSequenceNumber: number | undefined;
  #ssrc = 0;

  /** The picture that is being received, by the camera's timestamp and by ours. */
  #cameraTimestamp: number | undefined;
  #timestamp = 0;
  /** The picture is whole, by its marker or by what came behind it. */
  #isEnded = true;
  #isMarked = false;
  #hasLoss = false;
  #isSent = false;
  #isWaitingForKeyFrame = true;

  #fragment: Fragment = 'none';
  #collected = Buffer.alloc(0);
  #collectedBytes = 0;
  #pictures = 0;
  #packets = 0;
  #bSlices = 0;

  constructor(options: H264RepairOptions) {
    this.#options = options;
    this.#writer = options.writer;
    this.#writer.isHolding = true;
    options.clock.restart();
  }

  get isWaitingForKeyFrame(): boolean {
    return this.#isWaitingForKeyFrame;
  }

  get hasBFrames(): boolean {
    return this.#bSlices >= bSlicesToBelieve;
  }

  /** Pictures that began, sent on or not. */
  get pictures(): number {
    return this.#pictures;
  }

  get packets(): number {
    return this.#packets;
  }

  get ssrc(): number {
    return this.#ssrc;
  }

  get highestSequenceNumber(): number {
    return ((this.#expectedSequenceNumber ?? 0) - 1) & 0xffff;
  }

  /** Takes the RTP packet at `bytes[start .. end]`; the bytes are not kept. What is no packet of our track is dropped. */
  takePacket(bytes: Buffer, start: number, end: number, arrivedAtMs: number): void {
    const view = this.#view;
    if (!parseRtp(bytes, start, end, view) || view.payloadType !== this.#options.payloadType) return;
    if (view.payloadStart === view.payloadEnd) {
      this.#noteSequence();
      return;
    }
    this.#arrivedAtMs = arrivedAtMs;
    if (!this.#noteSequence()) return;
    this.#packets += 1;
    const type = (bytes[view.payloadStart] as number) & 0x1f;
    if (type === nal.fuA) this.#takeFragment(bytes, view.payloadStart, view.payloadEnd);
    else if (type === nal.stapA) this.#takeAggregate(bytes, view.payloadStart + 1, view.payloadEnd);
    else this.#takeUnits(bytes, view.payloadStart, view.payloadEnd);
  }

  /** False for a packet that came twice. */
  #noteSequence(): boolean {
    const { sequenceNumber, ssrc } = this.#view;
    const expected = this.#expectedSequenceNumber;
    const isOther = expected !== undefined && ssrc !== this.#ssrc;
    if (!isOther && expected !== undefined && sequenceNumber === ((expected - 1) & 0xffff)) return false;
    if (isOther) this.#options.clock.restart();
    if (expected !== undefined && (isOther || sequenceNumber !== expected)) this.#handleLoss();
    this.#ssrc = ssrc;
    this.#expectedSequenceNumber = (sequenceNumber + 1) & 0xffff;
    return true;
  }

  #handleLoss(): void {
    this.#hasLoss = true;
    this.#fragment = this.#fragment === 'none' ? 'none' : 'dropped';
    this.#writer.leaveGap();
  }

  /** One NAL unit, or several with start codes between them, which begin with one that is no slice. */
  #takeUnits(bytes: Buffer, start: number, end: number): void {
    const type = (bytes[start] as number) & 0x1f;
    if (mayHoldMore(type)) this.#takeAll(bytes, splitAtStartCodes(bytes, start, end));
    else this.#takeUnit(bytes, start, end, this.#view.hasMarker);
  }

  #takeAggregate(bytes: Buffer, start: number, end: number): void {
    const units: [number, number][] = [];
    for (let at = start; at + 2 < end;) {
      const unitStart = at + 2;
      const unitEnd = unitStart + bytes.readUInt16BE(at);
      if (unitEnd > end) break;
      if (unitEnd > unitStart) units.push([unitStart, unitEnd]);
      at = unitEnd;
    }
    this.#takeAll(bytes, units);
  }

  /** The marker belongs to the last slice among them. */
  #takeAll(bytes: Buffer, units: readonly [number, number][]): void {
    const last = units.findLastIndex(([start]) => isSlice((bytes[start] as number) & 0x1f));
    for (const [index, [start, end]] of units.entries()) {
      this.#takeUnit(bytes, start, end, this.#view.hasMarker && (last === -1 || index === last));
    }
  }

  #takeUnit(bytes: Buffer, start: number, end: number, hasMarker: boolean): void {
    const header = bytes[start] as number;
    if (!isSlice(header & 0x1f)) {
      this.#takeOther(bytes, start, end, hasMarker);
      return;
    }
    this.#beginSlice(header & 0x1f, bytes, start + 1, end);
    const isLast = hasMarker && this.#marker.isTrusted;
    if (this.#isSent) this.#writer.writeUnit(this.#timestamp, isLast, header, bytes, start + 1, end);
    if (hasMarker) this.#endByMarker();
  }

  /** Parameter sets are remembered, the rest is dropped; but what comes behind a picture may tell that it ended. */
  #takeOther(bytes: Buffer, start: number, end: number, hasMarker: boolean): void {
    const type = (bytes[start] as number) & 0x1f;
    if (type === nal.sps || type === nal.pps) this.#options.parameterSets.remember(bytes, start, end);
    if (this.#isEnded) return;
    const isOfPicture = this.#view.timestamp === this.#cameraTimestamp;
    if (!isOfPicture || hasMarker) this.#endUnmarked();
  }

  #takeFragment(bytes: Buffer, start: number, end: number): void {
    if (end - start < 3) return;
    const position = bytes[start + 1] as number;
    const header = ((bytes[start] as number) & 0xe0) | (position & 0x1f);
    const isBeginning = (position & 0x80) !== 0;
    const isEnding = (position & 0x40) !== 0;
    if (isBeginning) this.#beginFragment(header, bytes, start + 2, end);
    if (this.#fragment === 'none') return;
    const hasMarker = isEnding && this.#view.hasMarker;
    if (this.#fragment === 'sent') {
      const isLast = hasMarker && this.#marker.isTrusted;
      this.#writeFragment(isLast, header, position, bytes, start + 2, end);
    }
    if (this.#fragment === 'collected') this.#collect(bytes, start + 2, end);
    if (!isEnding) return;
    const fragment = this.#fragment;
    this.#fragment = 'none';
    if (fragment === 'collected') this.#takeUnits(this.#collected, 0, this.#collectedBytes);
    else if (hasMarker && isSlice(header & 0x1f)) this.#endByMarker();
  }

  #beginFragment(header: number, bytes: Buffer, start: number, end: number): void {
    // The unit before never ended: its last fragments are missing, whatever the numbers say.
    if (this.#fragment === 'sent') this.#handleLoss();
    const type = header & 0x1f;
    if (!isSlice(type)) {
      this.#fragment = mayHoldMore(type) ? 'collected' : 'dropped';
      this.#collectedBytes = 0;
      this.#collect(Buffer.from([header]), 0, 1);
      return;
    }
    this.#beginSlice(type, bytes, start, end);
    this.#fragment = this.#isSent ? 'sent' : 'dropped';
  }

  /** A unit whose only fragment both begins and ends it is forbidden, and made whole. */
  #writeFragment(isLast: boolean, header: number, position: number, bytes: Buffer, start: number, end: number): void {
    if ((position & 0xc0) === 0xc0) this.#writer.writeUnit(this.#timestamp, isLast, header, bytes, start, end);
    else this.#writer.writeFragment(this.#timestamp, isLast, header, position, bytes, start, end);
  }

  #collect(bytes: Buffer, start: number, end: number): void {
    const needed = this.#collectedBytes + end - start;
    if (needed > maxCollectedBytes) {
      this.#fragment = 'dropped';
      return;
    }
    if (needed > this.#collected.length) {
      const larger = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(needed)));
      this.#collected.copy(larger, 0, 0, this.#collectedBytes);
      this.#collected = larger;
    }
    bytes.copy(this.#collected, this.#collectedBytes, start, end);
    this.#collectedBytes = needed;
  }

  #beginSlice(type: number, bytes: Buffer, start: number, end: number): void {
    const { isFirst, isB } = readSliceStart(bytes, start, end);
    if (isB && type === nal.slice) this.#bSlices += 1;
    const isSameTimestamp = this.#view.timestamp === this.#cameraTimestamp;
    if (isSameTimestamp && !(this.#isEnded && isFirst)) {
      // The picture goes on behind its marker.
      if (this.#isMarked) this.#marker.noteWrong();
      this.#isEnded = false;
      this.#isMarked = false;
      return;
    }
    if (!this.#isEnded) this.#endUnmarked();
    else if (this.#isMarked && !this.#hasLoss) this.#marker.noteRight();
    this.#beginPicture(type === nal.idr && isFirst);
  }

  /** A key frame whose first slice is lost is none: a browser would show the rest of it as if it were whole. */
  #beginPicture(isKeyFrame: boolean): void {
    // What was held back was the last packet of the picture before.
    this.#writer.releaseHeld({ isLast: true });
    this.#writer.isHolding = !this.#marker.isTrusted;
    this.#cameraTimestamp = this.#view.timestamp;
    this.#timestamp = this.#options.clock.next(this.#view.timestamp, this.#arrivedAtMs);
    this.#isEnded = false;
    this.#isMarked = false;
    this.#hasLoss = false;
    this.#pictures += 1;
    const units = isKeyFrame ? this.#options.parameterSets.units : undefined;
    if (units !== undefined) this.#isWaitingForKeyFrame = false;
    this.#isSent = !this.#isWaitingForKeyFrame;
    if (units !== undefined) this.#writer.writeUnits(this.#timestamp, units);
  }

  #endByMarker(): void {
    this.#isEnded = true;
    this.#isMarked = true;
    if (this.#isSent) this.#options.onPicture(this.#timestamp, this.#arrivedAtMs);
  }

  /** The picture is whole, and its last packet had no marker. */
  #endUnmarked(): void {
    this.#isEnded = true;
    if (!this.#hasLoss) this.#marker.noteWrong();
    this.#writer.releaseHeld({ isLast: true });
    if (this.#isSent) this.#options.onPicture(this.#timestamp, this.#arrivedAtMs);
  }
}

function isSlice(type: number): boolean {
  return type === nal.slice || type === nal.idr;
}

/** Some cameras put a whole key frame behind what begins with one of these, with start codes in between. */
function mayHoldMore(type: number): boolean {
  return type >= nal.sei && type <= nal.delimiter;
}
