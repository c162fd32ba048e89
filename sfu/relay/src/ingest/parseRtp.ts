/** The fields of an RTP packet, and where its payload lies, without padding. One object serves for all packets. */
export interface RtpView {
  hasMarker: boolean;
  payloadType: number;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  payloadStart: number;
  payloadEnd: number;
}

export function createRtpView(): RtpView {
  return {
    hasMarker: false,
    payloadType: 0,
    sequenceNumber: 0,
    timestamp: 0,
    ssrc: 0,
    payloadStart: 0,
    payloadEnd: 0,
  };
}

/** Reads the packet at `bytes[start .. end]` into `view`. False when it is none (RFC 3550, 5.1). */
export function parseRtp(bytes: Buffer, start: number, end: number, view: RtpView): boolean {
  if (end - start < 12) return false;
  const first = bytes[start] as number;
  if (first >> 6 !== 2) return false;
  const second = bytes[start + 1] as number;
  let payloadStart = start + 12 + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (payloadStart + 4 > end) return false;
    payloadStart += 4 + bytes.readUInt16BE(payloadStart + 2) * 4;
  }
  let payloadEnd = end;
  if ((first & 0x20) !== 0) {
    const paddingBytes = bytes[end - 1] as number;
    if (paddingBytes === 0) return false;
    payloadEnd -= paddingBytes;
  }
  if (payloadStart > payloadEnd) return false;
  view.hasMarker = (second & 0x80) !== 0;
  view.payloadType = second & 0x7f;
  view.sequenceNumber = bytes.readUInt16BE(start + 2);
  view.timestamp = bytes.readUInt32BE(start + 4);
  view.ssrc = bytes.readUInt32BE(start + 8);
  view.payloadStart = payloadStart;
  view.payloadEnd = payloadEnd;
  return true;
}
