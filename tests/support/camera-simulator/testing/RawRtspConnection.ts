import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Values of `WWW-Authenticate`, which may come more than once. */
  readonly challenges: readonly string[];
  readonly body: string;
}

export interface InterleavedPacket {
  readonly channel: number;
  readonly packet: Buffer;
}

const DEADLINE_MS = 15_000;
const POLL_MS = 5;

/** A bare RTSP connection for tests: sends what it is told and keeps everything that comes. */
export class RawRtspConnection {
  readonly packets: InterleavedPacket[] = [];
  /** Bytes between the interleaved packets. */
  junkBytes = 0;
  isClosed = false;
  readonly #socket: Socket;
  readonly #responses: RawResponse[] = [];
  #received: Buffer = Buffer.alloc(0);
  #sequence = 0;
  #session: string | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#handleBytes(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
    });
  }

  static async create(port: number): Promise<RawRtspConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawRtspConnection(socket);
  }

  async request(method: string, uri: string, headers: Record<string, string> = {}): Promise<RawResponse> {
    this.#sequence += 1;
    const session: Record<string, string> = this.#session === undefined ? {} : { Session: this.#session };
    this.send(method, uri, { CSeq: String(this.#sequence), ...session, ...headers });
    await this.until(() => this.#responses.length > 0);
    const response = this.#responses.shift();
    if (response === undefined) throw new Error(`${method} was not answered.`);
    this.#session = response.headers.get('session')?.split(';')[0] ?? this.#session;
    return response;
  }

  /** Sends a request without waiting for its answer. */
  send(method: string, uri: string, headers: Record<string, string>): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`${method} ${uri} RTSP/1.0\r\n${lines.join('')}\r\n`);
  }

  sendInterleaved(channel: number, packet: Buffer): void {
    this.#socket.write(Buffer.concat([Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]), packet]));
  }

  /** DESCRIBE, SETUP over TCP and PLAY, each of which must succeed. Returns the SDP. */
  async play(uri: string): Promise<string> {
    const { body } = expectOk(await this.request('DESCRIBE', uri, { Accept: 'application/sdp' }));
    expectOk(await this.request('SETUP', `${uri}/trackID=1`, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' }));
    expectOk(await this.request('PLAY', uri));
    return body;
  }

  /** RTP packets, cut at the marker bit into pictures. */
  get pictures(): Buffer[][] {
    const pictures: Buffer[][] = [[]];
    for (const { channel, packet } of this.packets) {
      if (channel % 2 === 1) continue;
      pictures.at(-1)?.push(packet);
      if (((packet[1] ?? 0) & 0x80) !== 0) pictures.push([]);
    }
    return pictures.slice(0, -1);
  }

  get rtcp(): Buffer[] {
    return this.packets.filter(({ channel }) => channel % 2 === 1).map(({ packet }) => packet);
  }

  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error('What the test waited for did not happen.');
      if (this.isClosed) throw new Error('The camera closed the connection.');
      await wait(POLL_MS);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #handleBytes(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= 4 && this.#takeOne());
  }

  /** Takes one packet, response or stray byte; false when more has to come. */
  #takeOne(): boolean {
    if (this.#received[0] === 0x24) {
      const end = 4 + this.#received.readUInt16BE(2);
      if (this.#received.length < end) return false;
      this.packets.push({ channel: this.#received[1] ?? 0, packet: Buffer.from(this.#received.subarray(4, end)) });
      this.#received = this.#received.subarray(end);
      return true;
    }
    const start = this.#received.toString('latin1', 0, 5);
    if (start !== 'RTSP/') {
      if ('RTSP/'.startsWith(start)) return false;
      this.junkBytes += 1;
      this.#received = this.#received.subarray(1);
      return true;
    }
    const head = this.#received.indexOf('\r\n\r\n');
    if (head === -1) return false;
    const [statusLine = '', ...lines] = this.#received.toString('latin1', 0, head).split('\r\n');
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const length = Number(new Map(headers).get('content-length') ?? 0);
    if (this.#received.length < head + 4 + length) return false;
    this.#responses.push({
      status: Number(statusLine.split(' ')[1]),
      headers: new Map(headers),
      challenges: headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value),
      body: this.#received.toString('utf8', head + 4, head + 4 + length),
    });
    this.#received = this.#received.subarray(head + 4 + length);
    return true;
  }
}

function expectOk(response: RawResponse): RawResponse {
  if (response.status !== 200) throw new Error(`The camera answered ${response.status}.`);
  return response;
}
