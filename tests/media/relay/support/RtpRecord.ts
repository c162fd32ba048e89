/** One RTP packet as it arrived at the far end. */
export interface ReceivedPacket {
  readonly bytes: number;
  readonly hasMarker: boolean;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** The playout-delay extension in milliseconds, or undefined when the packet has none. */
  readonly playoutDelay: { readonly minMs: number; readonly maxMs: number } | undefined;
  readonly payload: Buffer;
  readonly arrivedAtMs: number;
}

/** Reads a packet; the playout delay is the extension with this id (RFC 8285, one-byte form). */
export function readPacket(packet: Buffer, playoutDelayId: number): ReceivedPacket {
  const first = packet.readUInt8(0);
  let at = 12 + (first & 0x0f) * 4;
  let playoutDelay: ReceivedPacket['playoutDelay'];
  if ((first & 0x10) !== 0) {
    const end = at + 4 + packet.readUInt16BE(at + 2) * 4;
    playoutDelay = readPlayoutDelay(packet.subarray(at + 4, end), playoutDelayId);
    at = end;
  }
  const paddingBytes = (first & 0x20) === 0 ? 0 : packet.readUInt8(packet.length - 1);
  return {
    bytes: packet.length,
    hasMarker: (packet.readUInt8(1) & 0x80) !== 0,
    sequenceNumber: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    playoutDelay,
    payload: packet.subarray(at, packet.length - paddingBytes),
    arrivedAtMs: performance.now(),
  };
}

function readPlayoutDelay(extensions: Buffer, wantedId: number): ReceivedPacket['playoutDelay'] {
  for (let at = 0; at < extensions.length;) {
    const head = extensions.readUInt8(at);
    if (head === 0) {
      at += 1;
      continue;
    }
    const length = (head & 0x0f) + 1;
    if (head >> 4 === wantedId) {
      const value = extensions.readUIntBE(at + 1, 3);
      return { minMs: (value >> 12) * 10, maxMs: (value & 0xfff) * 10 };
    }
    at += 1 + length;
  }
  return undefined;
}

/** Packets with the same timestamp, one after another. */
export function picturesOf(packets: readonly ReceivedPacket[]): ReceivedPacket[][] {
  const pictures: ReceivedPacket[][] = [];
  for (const packet of packets) {
    const current = pictures.at(-1);
    if (current?.[0]?.timestamp === packet.timestamp) current.push(packet);
    else pictures.push([packet]);
  }
  return pictures;
}

const stapA = 24;
const fuA = 28;

/** The NAL unit types of a packet; of a fragment, the type of the unit that it belongs to. */
export function typesOf({ payload }: ReceivedPacket): number[] {
  const type = payload.readUInt8(0) & 0x1f;
  if (type === fuA) return [payload.readUInt8(1) & 0x1f];
  return type === stapA ? unitsOfAggregate(payload).map((unit) => unit.readUInt8(0) & 0x1f) : [type];
}

/** The NAL units of whole pictures with start codes, as decoders read them from a file. */
export function toAnnexB(packets: readonly ReceivedPacket[]): Buffer {
  const startCode = Buffer.from([0, 0, 0, 1]);
  const parts: Buffer[] = [];
  for (const { payload } of packets) {
    const type = payload.readUInt8(0) & 0x1f;
    if (type === stapA) for (const unit of unitsOfAggregate(payload)) parts.push(startCode, unit);
    else if (type !== fuA) parts.push(startCode, payload);
    else {
      const position = payload.readUInt8(1);
      if ((position & 0x80) !== 0) {
        parts.push(startCode, Buffer.from([(payload.readUInt8(0) & 0xe0) | (position & 0x1f)]));
      }
      parts.push(payload.subarray(2));
    }
  }
  return Buffer.concat(parts);
}

function unitsOfAggregate(payload: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 1; at < payload.length;) {
    const length = payload.readUInt16BE(at);
    units.push(payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return units;
}
