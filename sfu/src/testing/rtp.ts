/** One media packet as the tests send and read it. */
export interface RtpPacket {
  payloadType: number;
  sequenceNumber: number;
  timestamp: number;
  ssrc: number;
  isMarked: boolean;
  /** Minimum and maximum in steps of 10 ms, as the extension holds them. */
  playoutDelay: { min: number; max: number } | undefined;
  payload: Buffer;
}

export const playoutDelayUri = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';

/** mediasoup's own id for the extension, on every router and consumer. */
export const playoutDelayId = 11;

const oneByteExtensionProfile = 0xbede;

export function writeRtpPacket(packet: RtpPacket): Buffer {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = (packet.isMarked ? 0x80 : 0) | packet.payloadType;
  head.writeUInt16BE(packet.sequenceNumber & 0xffff, 2);
  head.writeUInt32BE(packet.timestamp >>> 0, 4);
  head.writeUInt32BE(packet.ssrc, 8);
  if (packet.playoutDelay === undefined) return Buffer.concat([head, packet.payload]);
  head[0] |= 0x10;
  const extension = Buffer.alloc(8);
  extension.writeUInt16BE(oneByteExtensionProfile, 0);
  extension.writeUInt16BE(1, 2);
  extension[4] = (playoutDelayId << 4) | 2;
  extension.writeUIntBE((packet.playoutDelay.min << 12) | packet.playoutDelay.max, 5, 3);
  return Buffer.concat([head, extension, packet.payload]);
}

/** Reads a packet, or nothing when it is RTCP. */
export function readRtpPacket(bytes: Buffer): RtpPacket | undefined {
  const second = bytes.readUInt8(1);
  if (second >= 192 && second <= 223) return undefined;
  const hasExtension = (bytes.readUInt8(0) & 0x10) !== 0;
  const extensionBytes = hasExtension ? 4 + bytes.readUInt16BE(14) * 4 : 0;
  return {
    payloadType: second & 0x7f,
    isMarked: (second & 0x80) !== 0,
    sequenceNumber: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    playoutDelay: readPlayoutDelay(bytes.subarray(16, 12 + extensionBytes)),
    payload: bytes.subarray(12 + extensionBytes),
  };
}

function readPlayoutDelay(elements: Buffer): RtpPacket['playoutDelay'] {
  let at = 0;
  while (at < elements.length) {
    const head = elements.readUInt8(at);
    if (head === 0) {
      at += 1;
      continue;
    }
    const length = (head & 0x0f) + 1;
    if (head >> 4 === playoutDelayId && length === 3) {
      const value = elements.readUIntBE(at + 1, 3);
      return { min: value >> 12, max: value & 0xfff };
    }
    at += 1 + length;
  }
  return undefined;
}
