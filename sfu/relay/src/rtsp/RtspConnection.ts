import { connect, type Socket } from 'node:net';
import { CameraError, toCameraError } from './CameraError.ts';
import { type RtspRequestFromCamera, type RtspResponse, headerOf, requestBytes } from './RtspMessage.ts';
import { RtspReader } from './RtspReader.ts';

export interface RtspConnectionOptions {
  /** A numeric address that was checked. */
  readonly address: string;
  readonly port: number;
  /** For the connection itself and for every answer. */
  readonly answerTimeoutMs: number;
  /** Gives up a connection that is not made yet. */
  readonly signal: AbortSignal;
  /** The bytes stand only during the call. */
  readonly onFrame: (channel: number, bytes: Buffer, start: number, end: number, arrivedAtMs: number) => void;
  readonly isKnownChannel: (channel: number) => boolean;
  /** Told once, when the connection ends after it was open and without `close()`. */
  readonly onLost: (error: CameraError) => void;
}

interface Waiting {
  readonly cseq: number;
  readonly resolve: (response: RtspResponse) => void;
  readonly reject: (error: CameraError) => void;
  readonly timer: NodeJS.Timeout;
}

const readBufferBytes = 65_536;
/**
 * More than any camera sends, and less than the uplink's socket buffer holds: what piled up while this process stood
 * still is let through in portions, so that the worker can take it up.
 */
const portionBytes = 98_304;
const portionMs = 1;

/** One control connection: requests one after another, each with a deadline, and the frames between the answers. */
export class RtspConnection {
  readonly #options: RtspConnectionOptions;
  readonly #socket: Socket;
  readonly #reader: RtspReader;
  #cseq = 0;
  #waiting: Waiting | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #hasAnswered = false;
  #isNonsense = false;
  #isOpen = false;
  #isClosed = false;
  #arrivedAtMs = 0;
  #portionStartedAtMs = 0;
  #portionBytes = 0;

  static async open(options: RtspConnectionOptions): Promise<RtspConnection> {
    const connection = new RtspConnection(options);
    await connection.#connected();
    connection.#isOpen = true;
    return connection;
  }

  private constructor(options: RtspConnectionOptions) {
    this.#options = options;
    this.#reader = new RtspReader({
      handleResponse: (response) => this.#handleResponse(response),
      handleRequest: (request) => this.#handleRequest(request),
      handleFrame: (channel, bytes, start, end) => options.onFrame(channel, bytes, start, end, this.#arrivedAtMs),
      handleNonsense: () => this.#handleNonsense(),
      isKnownChannel: options.isKnownChannel,
    });
    this.#socket = connect({
      host: options.address,
      port: options.port,
      noDelay: true,
      // One buffer for the connection's life instead of one for each chunk.
      onread: {
        buffer: Buffer.allocUnsafeSlow(readBufferBytes),
        callback: (length, bytes) => this.#read(length, bytes as Buffer),
      },
    });
    this.#socket.on('error', (error) => this.#lose(toCameraError(error)));
    this.#socket.on('close', () => this.#lose(new CameraError('connectionLost')));
  }

  get remoteAddress(): string {
    return this.#options.address;
  }

  /** Which of our addresses the camera sees; UDP ports are opened there. */
  get localAddress(): string {
    return this.#socket.localAddress ?? '0.0.0.0';
  }

  /** Waits for its turn, then for the answer. The answer may have any status. */
  request(
    method: string,
    uri: string,
    headers: readonly (readonly [string, string])[],
    timeoutMs: number = this.#options.answerTimeoutMs,
  ): Promise<RtspResponse> {
    const answer = this.#turn.then(() => this.#ask(method, uri, headers, timeoutMs));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  sendFrame(channel: number, packet: Buffer): void {
    if (this.#isClosed) return;
    this.#socket.write(Buffer.concat([Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]), packet]));
  }

  close(): void {
    this.#isClosed = true;
    this.#fail(new CameraError('connectionLost'));
    this.#socket.destroy();
  }

  async #connected(): Promise<void> {
    const { signal, answerTimeoutMs } = this.#options;
    const abort = () => this.#socket.destroy();
    const timer = setTimeout(() => this.#socket.destroy(new CameraError('timedOut')), answerTimeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#socket.once('connect', resolve);
        this.#socket.once('error', (error) => reject(toCameraError(error)));
        this.#socket.once('close', () => reject(new CameraError('connectionLost')));
      });
    } catch (error) {
      this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  #ask(
    method: string,
    uri: string,
    headers: readonly (readonly [string, string])[],
    timeoutMs: number,
  ): Promise<RtspResponse> {
    if (this.#isClosed) return Promise.reject(new CameraError('connectionLost'));
    this.#cseq += 1;
    const cseq = this.#cseq;
    return new Promise<RtspResponse>((resolve, reject) => {
      const timer = setTimeout(() => {
        // Somebody answered something, and it was no RTSP: that says more than the silence.
        const isOther = !this.#hasAnswered && this.#reader.junkBytes > 0;
        this.#fail(new CameraError(isOther ? 'notRtsp' : 'timedOut'));
      }, timeoutMs);
      this.#waiting = { cseq, resolve, reject, timer };
      this.#socket.write(requestBytes(method, uri, cseq, headers));
    });
  }

  #read(length: number, bytes: Buffer): boolean {
    this.#arrivedAtMs = performance.now();
    this.#reader.read(bytes, length);
    if (this.#arrivedAtMs - this.#portionStartedAtMs > portionMs) {
      this.#portionStartedAtMs = this.#arrivedAtMs;
      this.#portionBytes = 0;
    }
    this.#portionBytes += length;
    if (this.#portionBytes < portionBytes) return true;
    this.#portionBytes = 0;
    setTimeout(() => this.#socket.resume(), portionMs);
    return false;
  }

  #handleResponse(response: RtspResponse): void {
    this.#hasAnswered = true;
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    // Some cameras leave the number out. A wrong one belongs to a request that we no longer wait for.
    const cseq = Number.parseInt(headerOf(response, 'cseq') ?? '', 10);
    if (!Number.isNaN(cseq) && cseq !== waiting.cseq) return;
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    waiting.resolve(response);
  }

  /** Cameras ask as a sign of life; we know no parameter, and to say so is enough. */
  #handleRequest({ method, headers }: RtspRequestFromCamera): void {
    const isSignOfLife = method === 'OPTIONS' || method.endsWith('_PARAMETER');
    const status = isSignOfLife ? '200 OK' : '501 Not Implemented';
    const cseq = headerOf({ headers }, 'cseq')?.replaceAll(/[^\w-]/g, '') ?? '0';
    this.#socket.write(`RTSP/1.0 ${status}\r\nCSeq: ${cseq}\r\n\r\n`);
  }

  #handleNonsense(): void {
    this.#isNonsense = true;
    this.#lose(new CameraError(this.#hasAnswered ? 'connectionLost' : 'notRtsp'));
  }

  #lose(error: CameraError): void {
    if (this.#isClosed) return;
    const isOther = !this.#hasAnswered && (this.#isNonsense || this.#reader.junkBytes > 0);
    const reason = isOther ? new CameraError('notRtsp') : error;
    this.#isClosed = true;
    this.#fail(reason);
    this.#socket.destroy();
    if (this.#isOpen) this.#options.onLost(reason);
  }

  #fail(error: CameraError): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    waiting.reject(error);
  }
}
