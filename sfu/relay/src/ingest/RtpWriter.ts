import { nal } from './nalUnits.ts';

/**
 * The largest packet that is written here. Each worker on the way replaces the extensions by its own, which take up to
 * 24 bytes more: with them it has 1200 bytes, and with all that SRTP, UDP and IP add it still fits into 1280.
 */
const maxPacketBytes = 1_176;

const fixedHeaderBytes = 12;
const extensionBytes = 8;
const headerBytes = fixedHeaderBytes + extensionBytes;
/** The largest payload that fits into a packet. */
const maxPayloadBytes = maxPacketBytes - headerBytes;

/** Packets are written here in turn. The system has long taken a packet when its place is written again. */
const slotCount = 64;

export interface PlayoutDelay {
  /** The extension's id in the one-byte form, 1 to 14. */
  readonly extensionId: number;
  readonly minMs: number;
  readonly maxMs: number;
}

export interface RtpWriterOptions {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly firstSequenceNumber: number;
  readonly playoutDelay: PlayoutDelay;
  /** The packet is `bytes[0 .. length]`, and stands until tens of further packets were written. */
  readonly send: (bytes: Buffer, length: number) => void;
}

/**
 * Writes the packets that leave the relay: one SSRC, numbers without a break, and the playout-delay extension on each
 * (two 12-bit numbers in units of 10 ms). It lives as long as its stream, over all reconnects of the camera.
 *
 * It can hold the newest packet back until it is known whether that one ends its picture.
 */
export class RtpWriter {
  readonly #send: (bytes: Buffer, length: number) => void;
  readonly #payloadType: number;
  readonly #slots: Buffer[];
  readonly #template: Buffer;
  #nextSlot = 0;
  #sequenceNumber: number;
  #isHolding = false;
  #held: Buffer | undefined;
  #heldLength = 0;
  #hasWrittenSinceGap = false;

  constructor({ ssrc, payloadType, firstSequenceNumber, playoutDelay, send }: RtpWriterOptions) {
    this.#send = send;
    this.#payloadType = payloadType;
    this.#sequenceNumber = firstSequenceNumber;
    this.#template = headerTemplate(ssrc, playoutDelay);
    this.#slots = Array.from({ length: slotCount }, () => this.#createSlot());
  }

  /** Makes room for so many bytes that are written at once: the system takes packets only when what runs has ended. */
  reserve(bytes: number): void {
    const needed = slotCount + Math.ceil((2 * bytes) / maxPacketBytes);
    while (this.#slots.length < needed) this.#slots.push(this.#createSlot());
  }

  /** From now on the newest packet waits for `releaseHeld`, or until the next one is written. */
  set isHolding(isHolding: boolean) {
    if (!isHolding) this.releaseHeld({ isLast: false });
    this.#isHolding = isHolding;
  }

  /** Lets the packet go that was held back, with the marker bit when it is the last of its picture. */
  releaseHeld({ isLast }: { isLast: boolean }): void {
    const held = this.#held;
    if (held === undefined) return;
    if (isLast) held[1] = (held[1] as number) | 0x80;
    this.#held = undefined;
    this.#send(held, this.#heldLength);
  }

  /** Forgets the packet that was held back, as if it had never been written. */
  discardHeld(): void {
    if (this.#held === undefined) return;
    this.#held = undefined;
    this.#sequenceNumber = (this.#sequenceNumber - 1) & 0xffff;
  }

  /** Leaves a number out, so that receivers know that something was lost on the way from the camera. */
  leaveGap(): void {
    this.releaseHeld({ isLast: false });
    if (this.#hasWrittenSinceGap) this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.#hasWrittenSinceGap = false;
  }

  /** Parameter sets as one STAP-A. What does not fit is left out: real ones are small. */
  writeUnits(timestamp: number, units: readonly Buffer[]): void {
    const slot = this.#begin(timestamp, false);
    let length = headerBytes + 1;
    let importance = 0;
    for (const unit of units) {
      if (length + 2 + unit.length > maxPacketBytes) continue;
      slot.writeUInt16BE(unit.length, length);
      unit.copy(slot, length + 2);
      length += 2 + unit.length;
      importance = Math.max(importance, (unit[0] as number) & 0x60);
    }
    slot[headerBytes] = importance | nal.stapA;
    this.#finish(slot, length);
  }

  /** A NAL unit: its first byte, and the rest at `bytes[start .. end]`. In fragments when it is too large. */
  writeUnit(timestamp: number, isLast: boolean, header: number, bytes: Buffer, start: number, end: number): void {
    if (1 + end - start > maxPayloadBytes) {
      this.writeFragment(timestamp, isLast, header, 0xc0, bytes, start, end);
      return;
    }
    const slot = this.#begin(timestamp, isLast);
    slot[headerBytes] = header;
    bytes.copy(slot, headerBytes + 1, start, end);
    this.#finish(slot, headerBytes + 1 + end - start);
  }

  /**
   * A fragment of a NAL unit whose first byte is `header`, as one FU-A or as several. `position` has 0x80 for a fragment
   * that begins the unit and 0x40 for one that ends it.
   */
  writeFragment(
    timestamp: number,
    isLast: boolean,
    header: number,
    position: number,
    bytes: Buffer,
    start: number,
    end: number,
  ): void {
    const pieces = Math.max(1, Math.ceil((end - start) / (maxPayloadBytes - 2)));
    const pieceBytes = Math.ceil((end - start) / pieces);
    for (let piece = 0; piece < pieces; piece += 1) {
      const pieceStart = start + piece * pieceBytes;
      const pieceEnd = Math.min(end, pieceStart + pieceBytes);
      const isFinal = piece === pieces - 1;
      const slot = this.#begin(timestamp, isLast && isFinal);
      slot[headerBytes] = (header & 0xe0) | nal.fuA;
      slot[headerBytes + 1] = (header & 0x1f) | (piece === 0 ? position & 0x80 : 0) | (isFinal ? position & 0x40 : 0);
      bytes.copy(slot, headerBytes + 2, pieceStart, pieceEnd);
      this.#finish(slot, headerBytes + 2 + pieceEnd - pieceStart);
    }
  }

  #createSlot(): Buffer {
    const slot = Buffer.alloc(maxPacketBytes);
    this.#template.copy(slot);
    return slot;
  }

  #begin(timestamp: number, isLast: boolean): Buffer {
    const slot = this.#slots[this.#nextSlot] as Buffer;
    this.#nextSlot = (this.#nextSlot + 1) % this.#slots.length;
    slot[1] = this.#payloadType | (isLast ? 0x80 : 0);
    slot.writeUInt16BE(this.#sequenceNumber, 2);
    slot.writeUInt32BE(timestamp, 4);
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    return slot;
  }

  #finish(slot: Buffer, length: number): void {
    this.#hasWrittenSinceGap = true;
    if (!this.#isHolding) {
      this.#send(slot, length);
      return;
    }
    this.releaseHeld({ isLast: false });
    this.#held = slot;
    this.#heldLength = length;
  }
}

/** What is the same in all packets: version, extension bit, SSRC, and one extension of three bytes (RFC 8285, 4.2). */
function headerTemplate(ssrc: number, { extensionId, minMs, maxMs }: PlayoutDelay): Buffer {
  const header = Buffer.alloc(headerBytes);
  header[0] = 0x90;
  header.writeUInt32BE(ssrc, 8);
  header.writeUInt16BE(0xbede, 12);
  header.writeUInt16BE(1, 14);
  const min = Math.round(minMs / 10);
  const max = Math.round(maxMs / 10);
  header[16] = (extensionId << 4) | 2;
  header[17] = min >> 4;
  header[18] = ((min & 0x0f) << 4) | (max >> 8);
  header[19] = max & 0xff;
  return header;
}
