import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawTarget {
  port: number;
  /** The `Origin` and host that the server knows. */
  url: string;
}

/** Opcodes of RFC 6455. */
export const opcode = { continuation: 0, binary: 2, close: 8, ping: 9 } as const;

/** A websocket frame as a browser sends it (of text), or with anything about it wrong. */
export function frame(
  payload: string | Buffer,
  { code = 1, isLast = true, reserved = 0, isMasked = true, length = -1 } = {},
): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const said = length === -1 ? body.length : length;
  const head = [(isLast ? 0x80 : 0) | (reserved << 4) | code];
  const mask = isMasked ? 0x80 : 0;
  if (said < 126) head.push(mask | said);
  else if (said < 65_536) head.push(mask | 126, said >> 8, said & 0xff);
  const long = Buffer.alloc(said < 65_536 ? 0 : 9);
  if (said >= 65_536) {
    long[0] = mask | 127;
    long.writeBigUInt64BE(BigInt(said), 1);
  }
  if (!isMasked) return Buffer.concat([Buffer.from(head), long, body]);
  // Masked with zeros, which changes no byte: it costs whoever sends nothing, and the server as much as any other mask.
  return Buffer.concat([Buffer.from(head), long, Buffer.alloc(4), body]);
}

/** The request that opens a websocket of engine.io; `query` and `more` header lines may say anything. */
export function upgradeRequest(
  target: RawTarget,
  cookie: string,
  query = 'EIO=4&transport=websocket',
  more = '',
): string {
  const lines = [
    `GET /socket.io/?${query} HTTP/1.1`,
    `Host: ${new URL(target.url).host}`,
    `Origin: ${target.url}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
  ];
  return `${lines.join('\r\n')}\r\n${more}\r\n`;
}

/** A TCP connection to the server that keeps the first of what it hears, and notices its end. */
export class RawWebSocket {
  readonly socket: Socket;
  heard = '';
  isClosed = false;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('data', (text: string) => {
      if (this.heard.length < 65_536) this.heard += text;
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  /** From an address of this machine's own: limits for one address are not what is tried here. */
  static async open(target: RawTarget, localAddress = '127.0.0.1'): Promise<RawWebSocket> {
    const socket = connect({ port: target.port, host: '127.0.0.1', localAddress, noDelay: true });
    const raw = new RawWebSocket(socket);
    await once(socket, 'connect');
    return raw;
  }

  write(bytes: string | Buffer): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** Waits until it has heard this or has been closed; says which, or that neither came in time. */
  async until(words: string, timeoutMs: number): Promise<'heard' | 'closed' | 'neither'> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      if (this.heard.includes(words)) return 'heard';
      if (this.isClosed) return 'closed';
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return 'neither';
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
