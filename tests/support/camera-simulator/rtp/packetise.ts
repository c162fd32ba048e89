// RTP payloads of H264 (RFC 6184, packetization-mode 1): single NAL units, STAP-A and FU-A.

const STAP_A = 24;
const FU_A = 28;

/** One payload for one NAL unit, or several FU-A payloads when it is longer than `maxBytes`. */
function payloadsOfNalu(nalu: Uint8Array, maxBytes: number): Buffer[] {
  if (nalu.length <= maxBytes) return [Buffer.from(nalu.buffer, nalu.byteOffset, nalu.length)];
  const header = nalu[0] ?? 0;
  const payloads: Buffer[] = [];
  for (let from = 1; from < nalu.length; from += maxBytes - 2) {
    const to = Math.min(nalu.length, from + maxBytes - 2);
    const payload = Buffer.allocUnsafe(to - from + 2);
    payload[0] = (header & 0xe0) | FU_A;
    payload[1] = (from === 1 ? 0x80 : 0) | (to === nalu.length ? 0x40 : 0) | (header & 0x1f);
    payload.set(nalu.subarray(from, to), 2);
    payloads.push(payload);
  }
  return payloads;
}

/** Several NAL units in one STAP-A payload; its NRI is the highest of theirs, as the RFC demands. */
function aggregate(nalus: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  let importance = 0;
  for (const nalu of nalus) {
    const size = Buffer.allocUnsafe(2);
    size.writeUInt16BE(nalu.length);
    parts.push(size, nalu);
    importance = Math.max(importance, (nalu[0] ?? 0) & 0x60);
  }
  return Buffer.concat([Buffer.from([importance | STAP_A]), ...parts]);
}

/**
 * The payloads of one picture. NAL units that follow each other in a group share STAP-As as far as those fit into
 * `maxBytes`, the rest travel alone or in fragments: cameras differ in what they group, so the caller says.
 */
export function packetise(groups: readonly (readonly Uint8Array[])[], maxBytes: number): Buffer[] {
  return groups.flatMap((group) => {
    const payloads: Buffer[] = [];
    let together: Uint8Array[] = [];
    const flush = (): void => {
      const [only] = together;
      if (only !== undefined) {
        payloads.push(...(together.length > 1 ? [aggregate(together)] : payloadsOfNalu(only, maxBytes)));
      }
      together = [];
    };
    for (const nalu of group) {
      if ([...together, nalu].reduce((sum, { length }) => sum + length + 2, 1) > maxBytes) flush();
      together.push(nalu);
    }
    flush();
    return payloads;
  });
}
