import { randomInt } from 'node:crypto';

export interface RtpPacket {
  readonly payload: Buffer;
  readonly isLast: boolean;
}

const HEADER_BYTES = 12;
const PAYLOAD_TYPE = 96;
const SECONDS_FROM_1900_TO_1970 = 2_208_988_800;

/**
 * The RTP state of one stream: one SSRC, one row of sequence numbers, whoever listens and however often the clip begins
 * again. All pulls of the stream get the same packets.
 */
export class RtpSender {
  readonly ssrc: number;
  #sequenceNumber = randomInt(0x10000);
  #packetCount = 0;
  #octetCount = 0;

  constructor(ssrc: number = randomInt(0x10000000, 0xffffffff)) {
    this.ssrc = ssrc;
  }

  /** The number that the next packet will carry. */
  get nextSequenceNumber(): number {
    return this.#sequenceNumber;
  }

  build(packets: readonly RtpPacket[], timestamp: number): Buffer[] {
    return packets.map(({ payload, isLast }) => {
      const packet = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
      packet[0] = 0x80;
      packet[1] = (isLast ? 0x80 : 0) | PAYLOAD_TYPE;
      packet.writeUInt16BE(this.#sequenceNumber, 2);
      packet.writeUInt32BE(timestamp >>> 0, 4);
      packet.writeUInt32BE(this.ssrc, 8);
      payload.copy(packet, HEADER_BYTES);
      this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
      this.#packetCount += 1;
      this.#octetCount += payload.length;
      return packet;
    });
  }

  /** An RTCP compound of sender report and CNAME (RFC 3550) that ties the RTP timestamp to the wall clock. */
  senderReport(wallClockMs: number, timestamp: number, name: string): Buffer {
    const report = Buffer.alloc(28);
    report[0] = 0x80;
    report[1] = 200;
    report.writeUInt16BE(6, 2);
    report.writeUInt32BE(this.ssrc, 4);
    const seconds = wallClockMs / 1000 + SECONDS_FROM_1900_TO_1970;
    report.writeUInt32BE(Math.floor(seconds) % 2 ** 32, 8);
    report.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), 12);
    report.writeUInt32BE(timestamp >>> 0, 16);
    report.writeUInt32BE(this.#packetCount >>> 0, 20);
    report.writeUInt32BE(this.#octetCount >>> 0, 24);

    const cname = Buffer.from(name);
    // Item, its length, the text, and at least one zero byte up to a multiple of four.
    const words = Math.ceil((4 + 2 + cname.length + 1) / 4);
    const description = Buffer.alloc(4 + words * 4);
    description[0] = 0x81;
    description[1] = 202;
    description.writeUInt16BE(words, 2);
    description.writeUInt32BE(this.ssrc, 4);
    description[8] = 1;
    description[9] = cname.length;
    cname.copy(description, 10);
    return Buffer.concat([report, description]);
  }
}
