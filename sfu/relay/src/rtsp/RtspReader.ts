import { type RtspRequestFromCamera, type RtspResponse, headerOf, readHeaders } from './RtspMessage.ts';

/** What a reader needs of the connection that it reads for. */
export interface RtspReaderListener {
  handleResponse(response: RtspResponse): void;
  handleRequest(request: RtspRequestFromCamera): void;
  /** The bytes are the reader's own and stand only during the call. */
  handleFrame(channel: number, bytes: Buffer, start: number, end: number): void;
  /** What comes cannot be RTSP. Nothing more is read. */
  handleNonsense(): void;
  isKnownChannel(channel: number): boolean;
}

const dollar = 0x24;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const maxHeadBytes = 65_536;
const maxRequestLineBytes = 1_024;
const maxBodyBytes = 1_048_576;
const maxJunkBytes = 1_048_576;
const smallestRtcpBytes = 8;
const responseStart = Buffer.from('RTSP/1.');
const webServerStart = Buffer.from('HTTP/');
const longestMethod = 20;

/**
 * Takes a connection's bytes apart: responses, requests of the camera, interleaved frames, and the junk that some
 * cameras leave between them. Frames are handed on where they lie, without a copy.
 */
export class RtspReader {
  readonly #listener: RtspReaderListener;
  /** Bytes of a piece whose end has not come yet: `#pending[0 .. #pendingBytes]`. */
  #pending = Buffer.allocUnsafe(16_384);
  #pendingBytes = 0;
  /** After junk a dollar sign may be junk as well, so a frame has to prove more. */
  #isInStep = true;
  #junkBytes = 0;
  /** Of a message whose head came: how many bytes it has. Its head is not read again with every byte of its body. */
  #awaitedBytes = 0;
  #isEnded = false;

  constructor(listener: RtspReaderListener) {
    this.#listener = listener;
  }

  /** How many bytes were skipped because they belong to nothing. */
  get junkBytes(): number {
    return this.#junkBytes;
  }

  read(chunk: Buffer, length: number = chunk.length): void {
    if (this.#isEnded) return;
    if (this.#pendingBytes === 0) {
      const read = this.#readPieces(chunk, length);
      this.#keep(chunk, read, length);
      return;
    }
    this.#keep(chunk, 0, length);
    const available = this.#pendingBytes;
    if (available < this.#awaitedBytes) return;
    this.#awaitedBytes = 0;
    const read = this.#readPieces(this.#pending, available);
    this.#pending.copyWithin(0, read, available);
    this.#pendingBytes = available - read;
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const needed = this.#pendingBytes + end - start;
    if (needed > this.#pending.length) {
      const larger = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(needed)));
      this.#pending.copy(larger, 0, 0, this.#pendingBytes);
      this.#pending = larger;
    }
    bytes.copy(this.#pending, this.#pendingBytes, start, end);
    this.#pendingBytes = needed;
  }

  /** Answers where the first piece begins that is not complete. */
  #readPieces(bytes: Buffer, end: number): number {
    let at = 0;
    while (at < end && !this.#isEnded) {
      const next = this.#readPiece(bytes, at, end);
      if (next === at) return at;
      at = next;
    }
    return this.#isEnded ? end : at;
  }

  /** Answers where the next piece begins, or `at` when more bytes are needed. */
  #readPiece(bytes: Buffer, at: number, end: number): number {
    const first = bytes[at];
    if (first === dollar) return this.#readFrame(bytes, at, end);
    if (first === carriageReturn || first === lineFeed) return at + 1;
    const isResponse = startsWith(bytes, at, end, responseStart);
    if (isResponse === 'yes') return this.#readMessage(bytes, at, end);
    const isWebServer = startsWith(bytes, at, end, webServerStart);
    if (isWebServer === 'yes') {
      this.#end();
      return at;
    }
    if (isResponse === 'perhaps' || isWebServer === 'perhaps') return at;
    const isMethod = startsWithMethod(bytes, at, end);
    if (isMethod === 'perhaps') return at;
    return isMethod === 'yes' ? this.#readRequest(bytes, at, end) : this.#skip(bytes, at, end);
  }

  /** `$`, channel, length, and then RTP or RTCP, whose first two bits are always the version 2. */
  #readFrame(bytes: Buffer, at: number, end: number): number {
    if (end - at < 5) return at;
    const channel = bytes[at + 1] as number;
    const length = bytes.readUInt16BE(at + 2);
    const isVersion2 = ((bytes[at + 4] as number) & 0xc0) === 0x80;
    const isExpected = this.#isInStep || this.#listener.isKnownChannel(channel);
    if (!isVersion2 || length < smallestRtcpBytes || !isExpected) return this.#skip(bytes, at, end);
    const next = at + 4 + length;
    if (next > end) return at;
    this.#isInStep = true;
    this.#listener.handleFrame(channel, bytes, at + 4, next);
    return next;
  }

  /** Junk may look like a method as well; only a whole request line proves that it is none. */
  #readRequest(bytes: Buffer, at: number, end: number): number {
    const lineEnd = bytes.indexOf(lineFeed, at);
    const isLineWhole = lineEnd !== -1 && lineEnd < end;
    if (!isLineWhole) return end - at > maxRequestLineBytes ? this.#skip(bytes, at, end) : at;
    const isRequest = / RTSP\/1\.\d\s*$/.test(
      bytes.toString('latin1', at, Math.min(lineEnd, at + maxRequestLineBytes)),
    );
    return isRequest ? this.#readMessage(bytes, at, end) : this.#skip(bytes, at, end);
  }

  #readMessage(bytes: Buffer, at: number, end: number): number {
    const head = findHeadEnd(bytes, at, end);
    if (head === undefined) {
      if (end - at > maxHeadBytes) this.#end();
      return at;
    }
    const [startLine = '', ...lines] = bytes.toString('utf8', at, head.end).split(/\r?\n/);
    const headers = readHeaders(lines);
    const bodyBytes = Number.parseInt(headerOf({ headers }, 'content-length') ?? '0', 10) || 0;
    if (bodyBytes < 0 || bodyBytes > maxBodyBytes) {
      this.#end();
      return at;
    }
    const next = head.next + bodyBytes;
    if (next > end) {
      this.#awaitedBytes = next - at;
      return at;
    }
    this.#isInStep = true;
    const status = /^RTSP\/1\.\d\s+(\d{3})/.exec(startLine)?.[1];
    if (status !== undefined) {
      const body = bytes.toString('utf8', head.next, next);
      this.#listener.handleResponse({ status: Number(status), headers, body });
    } else {
      const method = /^([A-Z_]+) \S+ RTSP\/1\.\d\s*$/.exec(startLine)?.[1];
      if (method !== undefined) this.#listener.handleRequest({ method, headers });
    }
    return next;
  }

  /** Skips junk up to where something may begin: a dollar sign, or a message. */
  #skip(bytes: Buffer, at: number, end: number): number {
    this.#isInStep = false;
    let next = at + 1;
    while (next < end && bytes[next] !== dollar && bytes[next] !== responseStart[0]) next += 1;
    this.#junkBytes += next - at;
    if (this.#junkBytes > maxJunkBytes) this.#end();
    return next;
  }

  #end(): void {
    this.#isEnded = true;
    this.#listener.handleNonsense();
  }
}

type Match = 'yes' | 'no' | 'perhaps';

function startsWith(bytes: Buffer, at: number, end: number, expected: Buffer): Match {
  const length = Math.min(end - at, expected.length);
  if (bytes.compare(expected, 0, length, at, at + length) !== 0) return 'no';
  return length === expected.length ? 'yes' : 'perhaps';
}

/** Capital letters and a space, as a request of the camera begins. */
function startsWithMethod(bytes: Buffer, at: number, end: number): Match {
  for (let index = at; index < end; index += 1) {
    const byte = bytes[index] as number;
    if (byte === 0x20) return index - at >= 3 ? 'yes' : 'no';
    const isLetter = (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f;
    if (!isLetter || index - at >= longestMethod) return 'no';
  }
  return 'perhaps';
}

/** Where a message's head ends and what follows it begins; bare line feeds are accepted, as cameras send them. */
function findHeadEnd(bytes: Buffer, at: number, end: number): { end: number; next: number } | undefined {
  for (
    let index = bytes.indexOf(lineFeed, at);
    index !== -1 && index < end;
    index = bytes.indexOf(lineFeed, index + 1)
  ) {
    if (index + 1 < end && bytes[index + 1] === lineFeed) return { end: index, next: index + 2 };
    if (index + 2 < end && bytes[index + 1] === carriageReturn && bytes[index + 2] === lineFeed) {
      return { end: index, next: index + 3 };
    }
  }
  return undefined;
}
