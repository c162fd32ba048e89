import { crc32, deflateSync } from 'node:zlib';

export interface PngParts {
  width?: number;
  height?: number;
  /** Of IHDR behind the size: depth, colour, compression, filtering, interlace. */
  how?: readonly number[];
  /** The rows before they are compressed. */
  rows?: Buffer;
  /** Chunks between header and picture. */
  between?: readonly Buffer[];
  behind?: Buffer;
}

export function makeChunk(type: string, value: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), value]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(value.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/** A grey picture with colour and transparency, or one that is wrong in a part. */
export function makePng(parts: PngParts = {}): Buffer {
  const { width = 4, height = 3, how = [8, 6, 0, 0, 0], between = [], behind = Buffer.alloc(0) } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(how, 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * 4, 0x80)]);
  const rows = parts.rows ?? Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    makeChunk('IHDR', header),
    ...between,
    makeChunk('IDAT', deflateSync(rows)),
    makeChunk('IEND', Buffer.alloc(0)),
    behind,
  ]);
}
