const PAYLOAD_SPECIFIC_FEEDBACK = 206;
const PLI = 1;
const FIR = 4;

/** How many picture-loss indications and full intra requests an RTCP compound holds. */
export function countPictureLossIndications(compound: Buffer): number {
  let count = 0;
  for (let at = 0; at + 4 <= compound.length; at += 4 + compound.readUInt16BE(at + 2) * 4) {
    const format = (compound[at] ?? 0) & 0x1f;
    if (compound[at + 1] === PAYLOAD_SPECIFIC_FEEDBACK && (format === PLI || format === FIR)) count += 1;
  }
  return count;
}
