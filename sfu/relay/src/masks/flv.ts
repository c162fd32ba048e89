/** What of FLV is needed to give H264 pictures and their times to ffmpeg and back (Adobe, Video File Format, version 10.1). */

const videoTag = 9;
const fileHeaderBytes = 13;
const tagHeaderBytes = 11;
const videoHeaderBytes = 5;
/** Of one picture; what is longer is no picture of ours. */
const longestTagBytes = 16_000_000;

export const flvHeader: Buffer = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);

/** The decoder's configuration (ISO/IEC 14496-15, 5.2.4.1), which comes before the first picture. */
export function flvParameterSets(sequenceSets: readonly Buffer[], pictureSets: readonly Buffer[]): Buffer {
  const [first] = sequenceSets;
  if (first === undefined || pictureSets.length === 0) throw new Error('The camera’s parameter sets are missing.');
  const listed = (sets: readonly Buffer[]) => sets.flatMap((set) => [lengthOf(set, 2), set]);
  const configuration = Buffer.concat([
    Buffer.from([1, first[1] ?? 0, first[2] ?? 0, first[3] ?? 0, 0xff, 0xe0 | sequenceSets.length]),
    ...listed(sequenceSets),
    Buffer.from([pictureSets.length]),
    ...listed(pictureSets),
  ]);
  return tag(0, true, 0, [configuration]);
}

/** One picture: its NAL units, in the order in which they are decoded. `timeMs` is under 2^31. */
export function flvPicture(timeMs: number, isKeyFrame: boolean, units: readonly Buffer[]): Buffer {
  return tag(
    timeMs,
    isKeyFrame,
    1,
    units.flatMap((unit) => [lengthOf(unit, 4), unit]),
  );
}

function tag(timeMs: number, isKeyFrame: boolean, packetType: 0 | 1, parts: readonly Buffer[]): Buffer {
  const bytes = videoHeaderBytes + parts.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(tagHeaderBytes + videoHeaderBytes);
  head[0] = videoTag;
  head.writeUIntBE(bytes, 1, 3);
  head.writeUIntBE(timeMs & 0xff_ffff, 4, 3);
  head[7] = timeMs >> 24;
  head[tagHeaderBytes] = isKeyFrame ? 0x17 : 0x27;
  head[tagHeaderBytes + 1] = packetType;
  const end = Buffer.alloc(4);
  end.writeUInt32BE(tagHeaderBytes + bytes);
  return Buffer.concat([head, ...parts, end]);
}

function lengthOf(unit: Buffer, bytes: 2 | 4): Buffer {
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(unit.length, 0, bytes);
  return length;
}

export interface FlvListener {
  /** SPS and PPS, in this order. */
  readonly onParameterSets: (units: readonly Buffer[]) => void;
  readonly onPicture: (timeMs: number, units: readonly Buffer[]) => void;
}

/** Reads what `ffmpeg -f flv` writes, in pieces of any size. */
export class FlvReader {
  readonly #listener: FlvListener;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** How much has to be there before there is anything to do. */
  #neededBytes = fileHeaderBytes + tagHeaderBytes;
  #isBegun = false;

  constructor(listener: FlvListener) {
    this.#listener = listener;
  }

  /** Throws when the bytes are no FLV. */
  take(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes < this.#neededBytes) return;
    let rest = Buffer.concat(this.#waiting);
    if (!this.#isBegun) {
      if (!rest.subarray(0, 3).equals(flvHeader.subarray(0, 3))) throw new Error('The masking’s output is no FLV.');
      this.#isBegun = true;
      rest = rest.subarray(fileHeaderBytes);
    }
    for (;;) {
      this.#neededBytes = tagHeaderBytes;
      if (rest.length < tagHeaderBytes) break;
      const bytes = rest.readUIntBE(1, 3);
      if (bytes > longestTagBytes) throw new Error('The masking’s output has a picture without an end.');
      this.#neededBytes = tagHeaderBytes + bytes + 4;
      if (rest.length < this.#neededBytes) break;
      if (rest[0] === videoTag) this.#takeVideo(rest.subarray(0, tagHeaderBytes + bytes));
      rest = rest.subarray(this.#neededBytes);
    }
    this.#waiting = [rest];
    this.#waitingBytes = rest.length;
  }

  #takeVideo(bytes: Buffer): void {
    const timeMs = bytes.readUIntBE(4, 3) | ((bytes[7] as number) << 24);
    const packetType = bytes[tagHeaderBytes + 1];
    const payload = bytes.subarray(tagHeaderBytes + videoHeaderBytes);
    if (packetType === 0) this.#listener.onParameterSets(readConfiguration(payload));
    if (packetType === 1) this.#listener.onPicture(timeMs, readUnits(payload, 0, payload.length, 4));
  }
}

function readConfiguration(bytes: Buffer): Buffer[] {
  const sequence = readUnits(bytes, 6, bytes.length, 2, bytes.readUInt8(5) & 0x1f);
  const behind = 6 + sequence.reduce((sum, { length }) => sum + 2 + length, 0);
  return [...sequence, ...readUnits(bytes, behind + 1, bytes.length, 2, bytes.readUInt8(behind))];
}

function readUnits(bytes: Buffer, start: number, end: number, lengthBytes: 2 | 4, count = Infinity): Buffer[] {
  const units: Buffer[] = [];
  for (let at = start; at + lengthBytes <= end && units.length < count;) {
    const length = bytes.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (length === 0 || at + length > end) throw new Error('The masking’s output has a damaged picture.');
    units.push(bytes.subarray(at, at + length));
    at += length;
  }
  return units;
}
