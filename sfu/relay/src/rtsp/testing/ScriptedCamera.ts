import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const sdp = 'v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1\r\n';

interface Asked {
  readonly method: string;
  readonly uri: string;
  readonly headers: string;
}
/** What a camera answers to a request: a status line and headers, with or without a body, or nothing at all. */
export type Script = (asked: Asked) => { status?: string; headers?: string[]; body?: string } | undefined;

/** A camera on loopback that answers RTSP by a script, and otherwise as it should. It sends no packets. */
export class ScriptedCamera {
  readonly asked: Asked[] = [];
  readonly sockets: Socket[] = [];
  readonly frames: Buffer[] = [];
  script: Script = () => ({});
  #server!: Server;

  async listen(): Promise<void> {
    this.#server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => this.#read(socket, bytes));
    }).listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  methods(): string[] {
    return this.asked.map(({ method }) => method);
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }

  #read(socket: Socket, bytes: Buffer): void {
    if (bytes[0] === 0x24) {
      this.frames.push(bytes);
      return;
    }
    for (const text of bytes.toString().split('\r\n\r\n').filter(Boolean)) {
      const [, method = '', uri = ''] = /^(\S+) (\S+) RTSP\/1\.0/.exec(text) ?? [];
      const asked = { method, uri, headers: text };
      this.asked.push(asked);
      this.#answer(socket, asked);
    }
  }

  #answer(socket: Socket, asked: Asked): void {
    const scripted = this.script(asked);
    if (scripted === undefined) return;
    const usual = asked.method === 'DESCRIBE' ? sdp : '';
    const { status = '200 OK', body = usual } = scripted;
    const headers = scripted.headers ?? (asked.method === 'SETUP' ? ['Session: 7'] : []);
    const cseq = /CSeq: (\d+)/.exec(asked.headers)?.[1];
    const lines = [`RTSP/1.0 ${status}`, `CSeq: ${cseq}`, `Content-Length: ${body.length}`, ...headers];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}
