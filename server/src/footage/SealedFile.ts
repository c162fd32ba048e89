import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from '../hasCode.ts';
import { openBytes, sealBytes, sealBytesOver } from '../sealBytes.ts';

const segmentBytes = 64 * 1024;
const lengthBytes = 4;

/** How far a sealed file has come: plain bytes, bytes on the disk, segments. */
export interface SealedExtent {
  offsetBytes: number;
  storedBytes: number;
  segments: number;
}

/** A stored file is not as it was written: it was changed or cut, or it is gone. */
export class DamagedFile extends Error {
  override name = 'DamagedFile';

  constructor(options?: { cause: unknown }) {
    super('A stored file is damaged.', options);
  }
}

/**
 * A file that grows and is sealed as it grows, so that nothing of it is on the disk in the clear. It is a row of segments:
 * four bytes with the plain length, then AES-256-GCM over at most 64 KiB. Each is sealed about the file, its number,
 * its length and whether it is the last, so that one that was moved, left out, doubled or cut off is found; a whole file ends
 * with an empty last one.
 */
export class SealedFile {
  readonly #path: string;
  readonly #key: Buffer;
  readonly #id: string;

  constructor(of: { path: string; key: Buffer; id: string }) {
    this.#path = of.path;
    this.#key = of.key;
    this.#id = of.id;
  }

  /**
   * Appends what comes, as far as it comes, and says how far the file is then: also when the source breaks off, whose error
   * is given back. What stands behind the extent, of a write that a crash has ended, is overwritten. Throws what the disk
   * says, and `DamagedFile` when the file has less in it than the extent says.
   */
  async append(
    from: SealedExtent,
    source: AsyncIterable<Uint8Array>,
  ): Promise<{ extent: SealedExtent; failure: unknown }> {
    const file = await this.#open('r+');
    try {
      const extent = await cutTo(file, from);
      let failure: unknown = null;
      let waiting: Uint8Array[] = [];
      let waitingBytes = 0;
      const take = async (): Promise<void> => {
        const plain = Buffer.concat(waiting);
        waiting = [];
        waitingBytes = 0;
        for (let at = 0; at < plain.length; at += segmentBytes) {
          await this.#writeSegment(file, extent, plain.subarray(at, at + segmentBytes), false);
        }
      };
      const noteFailure = (error: unknown): void => {
        failure = error;
      };
      for await (const part of untilBroken(source, noteFailure)) {
        waiting.push(part);
        waitingBytes += part.byteLength;
        if (waitingBytes >= segmentBytes) await take();
      }
      await take();
      await file.datasync();
      return { extent, failure };
    } finally {
      await file.close();
    }
  }

  /** Ends the file. Nothing can be appended to it any more. */
  async seal(from: SealedExtent): Promise<SealedExtent> {
    const file = await this.#open('r+');
    try {
      const extent = await cutTo(file, from);
      await this.#writeSegment(file, extent, Buffer.alloc(0), true);
      await file.sync();
      return extent;
    } finally {
      await file.close();
    }
  }

  /**
   * What is in it; throws `DamagedFile` at the first segment that is not as it was written. `isWhole`: it has to have its
   * end.
   */
  async *read(extent: SealedExtent, { isWhole }: { isWhole: boolean }): AsyncGenerator<Buffer> {
    const file = await this.#open('r');
    try {
      let at = 0;
      let plainBytes = 0;
      for (let segment = 0; segment < extent.segments; segment += 1) {
        const isLast = isWhole && segment === extent.segments - 1;
        const length = (await readExactly(file, at, lengthBytes)).readUInt32BE();
        if (length > segmentBytes) throw new DamagedFile();
        const sealed = await readExactly(file, at + lengthBytes, length + sealBytesOver);
        const plain = this.#openSegment(segment, length, isLast, sealed);
        at += lengthBytes + sealed.length;
        plainBytes += length;
        if (plain.length > 0) yield plain;
      }
      if (plainBytes !== extent.offsetBytes || at !== extent.storedBytes) throw new DamagedFile();
    } finally {
      await file.close();
    }
  }

  async #open(flags: 'r' | 'r+'): Promise<FileHandle> {
    try {
      return await open(this.#path, flags);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new DamagedFile({ cause: error });
      throw error;
    }
  }

  async #writeSegment(file: FileHandle, extent: SealedExtent, plain: Buffer, isLast: boolean): Promise<void> {
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(plain.length);
    const sealed = sealBytes(this.#key, this.#about(extent.segments, plain.length, isLast), plain);
    const whole = Buffer.concat([length, sealed]);
    await writeExactly(file, extent.storedBytes, whole);
    extent.storedBytes += whole.length;
    extent.offsetBytes += plain.length;
    extent.segments += 1;
  }

  #openSegment(segment: number, length: number, isLast: boolean, sealed: Buffer): Buffer {
    try {
      return openBytes(this.#key, this.#about(segment, length, isLast), sealed);
    } catch (error) {
      throw new DamagedFile({ cause: error });
    }
  }

  #about(segment: number, length: number, isLast: boolean): string {
    return `segment ${this.#id} ${segment} ${length} ${isLast ? 'last' : 'more'}`;
  }
}

/** What comes of a source until it breaks off; an error of whoever takes it is left to them. */
async function* untilBroken(
  source: AsyncIterable<Uint8Array>,
  onBroken: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    onBroken(error);
  }
}

/**
 * Takes away what stands behind the extent, and gives a copy of it to go on with. Of a file that is shorter, which would be
 * filled with zeros, nothing can come any more.
 */
async function cutTo(file: FileHandle, from: SealedExtent): Promise<SealedExtent> {
  if ((await file.stat()).size < from.storedBytes) throw new DamagedFile();
  await file.truncate(from.storedBytes);
  return { offsetBytes: from.offsetBytes, storedBytes: from.storedBytes, segments: from.segments };
}

async function readExactly(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const into = Buffer.alloc(bytes);
  let read = 0;
  while (read < bytes) {
    const { bytesRead } = await file.read(into, read, bytes - read, at + read);
    if (bytesRead === 0) throw new DamagedFile();
    read += bytesRead;
  }
  return into;
}

async function writeExactly(file: FileHandle, at: number, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}
