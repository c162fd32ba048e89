const HEADER_BYTES = 12;
const STAP_A = 24;
const FU_A = 28;

export function sequenceNumberOf(packet: Buffer): number {
  return packet.readUInt16BE(2);
}

export function timestampOf(packet: Buffer): number {
  return packet.readUInt32BE(4);
}

export function payloadOfPacket(packet: Buffer): Buffer {
  return packet.subarray(HEADER_BYTES);
}

/** The NAL units of RTP packets that came in their order and without loss. */
export function depacketise(packets: readonly Buffer[]): Buffer[] {
  const nalus: Buffer[] = [];
  let fragments: Buffer[] = [];
  for (const payload of packets.map(payloadOfPacket)) {
    const type = (payload[0] ?? 0) & 0x1f;
    if (type === STAP_A) {
      for (let at = 1; at < payload.length; at += 2 + payload.readUInt16BE(at)) {
        nalus.push(payload.subarray(at + 2, at + 2 + payload.readUInt16BE(at)));
      }
    } else if (type === FU_A) {
      const [indicator = 0, header = 0] = payload;
      if ((header & 0x80) !== 0) fragments = [Buffer.from([(indicator & 0xe0) | (header & 0x1f)])];
      fragments.push(payload.subarray(2));
      if ((header & 0x40) !== 0) nalus.push(Buffer.concat(fragments));
    } else {
      nalus.push(payload);
    }
  }
  return nalus;
}
