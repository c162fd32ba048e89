const receiverReportType = 201;
const payloadFeedbackType = 206;
const pliFormat = 1;
const firFormat = 4;

/** What a receiver reports about the packets of one sender (RFC 3550, 6.4.1). */
export interface ReceptionReport {
  readonly ssrc: number;
  readonly highestSequenceNumber: number;
}

/** A receiver report. It claims no loss: cameras take it for a sign of life, and none of them adapts to it. */
export function receiverReport(ownSsrc: number, { ssrc, highestSequenceNumber }: ReceptionReport): Buffer {
  const packet = Buffer.alloc(32);
  packet[0] = 0x81;
  packet[1] = receiverReportType;
  packet.writeUInt16BE(7, 2);
  packet.writeUInt32BE(ownSsrc, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.writeUInt32BE(highestSequenceNumber >>> 0, 16);
  return packet;
}

/** Asks for a key frame: a receiver report, because a compound has to begin with one, and a PLI (RFC 4585, 6.3.1). */
export function pictureLossIndication(ownSsrc: number, report: ReceptionReport): Buffer {
  const pli = Buffer.alloc(12);
  pli[0] = 0x80 | pliFormat;
  pli[1] = payloadFeedbackType;
  pli.writeUInt16BE(2, 2);
  pli.writeUInt32BE(ownSsrc, 4);
  pli.writeUInt32BE(report.ssrc, 8);
  return Buffer.concat([receiverReport(ownSsrc, report), pli]);
}

/** Whether an RTCP compound asks for a key frame, by PLI or FIR. */
export function asksForKeyFrame(compound: Buffer): boolean {
  for (let at = 0; at + 4 <= compound.length; at += 4 + compound.readUInt16BE(at + 2) * 4) {
    const format = (compound[at] as number) & 0x1f;
    if (compound[at + 1] === payloadFeedbackType && (format === pliFormat || format === firFormat)) return true;
  }
  return false;
}
