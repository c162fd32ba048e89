import { promisify } from 'node:util';
import { crc32, deflate, inflate } from 'node:zlib';
import { longestSitePlanSide } from '@commonsight/types/site-card';
import { CodedError } from '../errors.ts';

/** A floor plan that was decoded and written anew. */
export interface Plan {
  png: Buffer;
  width: number;
  height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum of a chunk. */
const chunkOver = 12;
const mostChunks = 10_000;
/** Channels of PNG's colour types without a palette: grey, colour, each also with transparency. */
const channelsOf = new Map([
  [0, 1],
  [2, 3],
  [4, 2],
  [6, 4],
]);
const highestFilter = 4;

const inflateAsync = promisify(inflate);
const deflateAsync = promisify(deflate);

/**
 * Decodes a PNG to its rows, within limits that its header sets before a byte is inflated, and writes it anew from these
 * alone: what else was in the file (texts, places, other files behind its end) is not kept. Throws `badRequest`.
 */
export async function readPlan(file: Buffer): Promise<Plan> {
  const { header, picture } = readChunks(file);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = channelsOf.get(header.readUInt8(9));
  const [depth, compression, filtering, interlace] = [8, 10, 11, 12].map((at) => header.readUInt8(at));
  if (width < 1 || height < 1 || Math.max(width, height) > longestSitePlanSide) {
    throw refused(`Its longer side has ${longestSitePlanSide} pixels at most.`);
  }
  if (depth !== 8 || channels === undefined || compression !== 0 || filtering !== 0 || interlace !== 0) {
    throw refused('It has 8 bits a channel, no palette, and is not interlaced.');
  }
  const rowBytes = 1 + width * channels;
  const rows = await inflateAsync(picture, { maxOutputLength: rowBytes * height }).catch((error: unknown) => {
    throw refused('Its picture cannot be decoded.', error);
  });
  if (rows.length !== rowBytes * height) throw refused('Its picture is not whole.');
  for (let at = 0; at < rows.length; at += rowBytes) {
    if (rows.readUInt8(at) > highestFilter) throw refused('Its picture cannot be decoded.');
  }
  const parts = [signature, chunk('IHDR', header), chunk('IDAT', await deflateAsync(rows)), chunk('IEND')];
  return { png: Buffer.concat(parts), width, height };
}

/** Header and picture data of a file whose chunks are whole, in order and the end of it. */
function readChunks(file: Buffer): { header: Buffer; picture: Buffer } {
  if (!file.subarray(0, signature.length).equals(signature)) throw refused('It is no PNG.');
  let header: Buffer | undefined;
  const picture: Buffer[] = [];
  let at = signature.length;
  for (let count = 0; count < mostChunks; count += 1) {
    if (file.length - at < chunkOver) throw refused('It is cut off.');
    const length = file.readUInt32BE(at);
    const end = at + chunkOver + length;
    if (end > file.length) throw refused('It is cut off.');
    const content = file.subarray(at + 4, end - 4);
    if (crc32(content) !== file.readUInt32BE(end - 4)) throw refused('It is damaged.');
    const [type, value] = [content.toString('latin1', 0, 4), content.subarray(4)];
    if ((header === undefined) !== (type === 'IHDR')) throw refused('It is damaged.');
    if (type === 'IHDR') {
      if (value.length !== 13) throw refused('It is damaged.');
      header = value;
    } else if (type === 'IDAT') picture.push(value);
    else if (type === 'IEND') {
      if (end !== file.length) throw refused('Something stands behind its end.');
      if (header === undefined || picture.length === 0) throw refused('It has no picture.');
      return { header, picture: Buffer.concat(picture) };
    }
    at = end;
  }
  throw refused('It has too many parts.');
}

function chunk(type: string, value: Buffer = Buffer.alloc(0)): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), value]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(value.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

function refused(why: string, cause?: unknown): CodedError {
  return new CodedError('badRequest', `This floor plan cannot be kept. ${why}`, { cause });
}
