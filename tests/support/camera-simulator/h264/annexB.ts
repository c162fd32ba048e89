// H264 byte streams as encoders write them to a file: NAL units between start codes (ITU-T H.264 annex B).

export const NAL_SLICE = 1;
export const NAL_IDR = 5;
export const NAL_SPS = 7;
export const NAL_PPS = 8;
export const NAL_AUD = 9;

export function nalType(nalu: Uint8Array): number {
  return (nalu[0] ?? 0) & 0x1f;
}

/** Cuts a byte stream into NAL units, without start codes and trailing zero bytes. The results share the input's memory. */
export function splitAnnexB(stream: Buffer): Buffer[] {
  const startCode = Buffer.from([0, 0, 1]);
  const nalus: Buffer[] = [];
  let from = stream.indexOf(startCode);
  while (from !== -1) {
    const begin = from + 3;
    const next = stream.indexOf(startCode, begin);
    let end = next === -1 ? stream.length : next;
    while (end > begin && stream[end - 1] === 0) end -= 1;
    if (end > begin) nalus.push(stream.subarray(begin, end));
    from = next;
  }
  return nalus;
}

/** The byte stream of NAL units, each behind a four-byte start code. */
export function joinAnnexB(nalus: readonly Uint8Array[]): Buffer {
  const startCode = Buffer.from([0, 0, 0, 1]);
  return Buffer.concat(nalus.flatMap((nalu) => [startCode, nalu]));
}
