import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressCase } from './AddressCase.ts';
import { groupsOf } from './NameServer.ts';

/** Where the cameras of the cases listen. */
export const cameraPort = 8554;
/** Where services listen that nobody outside should reach. */
const servicePorts = [80, 6379];
const udpPort = 40_001;

/**
 * Everything that can be dialled: cameras at the addresses that the running cases name for them, and a canary at every
 * other address and port that leads here.
 */
export class Canaries {
  /** Who was there and should not have been: address and port that were dialled. */
  readonly reached: string[] = [];
  readonly #servers: Server[] = [];
  readonly #udp = new Map<string, UdpSocket>();
  readonly #sockets = new Set<Socket>();
  readonly #cameras = new Map<string, { one: AddressCase; dialled: number; played: boolean }>();
  /** Cameras of cases that are over: the relay may have dialled before it was told to stop, and come in after that. */
  readonly #former = new Set<string>();

  private constructor() {}

  static async open(): Promise<Canaries> {
    const canaries = new Canaries();
    for (const port of [cameraPort, ...servicePorts]) {
      const server = createServer((socket) => canaries.#accept(socket, port));
      server.listen(port, '::');
      // Taken by another process of this machine, when there is no network of our own: then it is no canary.
      await once(server, 'listening').catch(() => undefined);
      canaries.#servers.push(server);
    }
    return canaries;
  }

  async expect(one: AddressCase): Promise<void> {
    for (const address of one.cameras) this.#cameras.set(addressKey(address), { one, dialled: 0, played: false });
    if (one.lure?.kind === 'source') await this.#listenUdp(one.lure.address);
  }

  /** How often the case's cameras were dialled, and whether a stream was played there. */
  seen(one: AddressCase): { dialled: number; played: boolean } {
    const all = one.cameras.flatMap((address) => this.#cameras.get(addressKey(address)) ?? []);
    return { dialled: all.reduce((sum, { dialled }) => sum + dialled, 0), played: all.some(({ played }) => played) };
  }

  forget(one: AddressCase): void {
    for (const address of one.cameras) {
      this.#cameras.delete(addressKey(address));
      this.#former.add(addressKey(address));
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of this.#servers) server.close();
    for (const socket of this.#udp.values()) socket.close();
  }

  #accept(socket: Socket, port: number): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    const key = addressKey(socket.localAddress ?? '');
    const camera = this.#cameras.get(key);
    if (camera === undefined && port === cameraPort && this.#former.has(key)) {
      socket.destroy();
      return;
    }
    if (camera === undefined || port !== cameraPort) {
      this.reached.push(`${socket.localAddress}:${port}`);
      socket.destroy();
      return;
    }
    camera.dialled += 1;
    answerAsCamera(socket, camera.one, () => (camera.played = true));
  }

  /** Bound to this address alone, so that what goes to the camera itself is not taken for a hit. */
  async #listenUdp(address: string): Promise<void> {
    if (this.#udp.has(address) || ['0.0.0.0', '::'].includes(address)) return;
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    this.#udp.set(address, socket);
    socket.on('message', () => this.reached.push(`${address}:${udpPort}/udp`));
    socket.bind(udpPort, address);
    // Some addresses are nobody's, not even here.
    await once(socket, 'listening').catch(() => undefined);
  }
}

/** The same for every way to write an address. */
function addressKey(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? groupsOf(plain).join(':') : plain;
}

/** RTSP as far as it takes to offer the lure; without one there is no stream at the path. */
function answerAsCamera(socket: Socket, { lure }: AddressCase, onPlay: () => void): void {
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
    for (let end = heard.indexOf('\r\n\r\n'); end !== -1; end = heard.indexOf('\r\n\r\n')) {
      const [method = ''] = heard.split(' ', 1);
      const cseq = /cseq:\s*(\d+)/i.exec(heard)?.[1] ?? '0';
      const transport = /^transport:\s*(.*)$/im.exec(heard.slice(0, end))?.[1] ?? '';
      heard = heard.slice(end + 4);
      if (method === 'PLAY') onPlay();
      socket.write(answerTo(method, transport, lure).replace('CSeq', `CSeq: ${cseq}`));
    }
  });
}

function answerTo(method: string, transport: string, lure: AddressCase['lure']): string {
  const ok = (headers = '', body = '') =>
    `RTSP/1.0 200 OK\r\nCSeq\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
  switch (method) {
    case 'OPTIONS':
      return ok('Public: DESCRIBE, SETUP, PLAY\r\n');
    case 'DESCRIBE':
      if (lure === undefined) return 'RTSP/1.0 404 Not Found\r\nCSeq\r\n\r\n';
      if (lure.kind === 'location') return `RTSP/1.0 302 Found\r\nCSeq\r\nLocation: ${lure.url}\r\n\r\n`;
      return ok(lure.kind === 'contentBase' ? `Content-Base: ${lure.url}\r\n` : '', descriptionWith(lure));
    case 'SETUP': {
      const pulled = lure?.kind === 'source' ? `;source=${lure.address};destination=${lure.address}` : '';
      const ports = /TCP/i.test(transport) ? '' : `;server_port=${udpPort - 1}-${udpPort}`;
      return ok(`Session: 1\r\nTransport: ${transport}${ports}${pulled}\r\n`);
    }
    default:
      return ok('Session: 1\r\n');
  }
}

function descriptionWith(lure: NonNullable<AddressCase['lure']>): string {
  const family = lure.address.includes(':') ? 'IP6' : 'IP4';
  const where = lure.kind === 'connection' ? `IN ${family} ${lure.address}` : 'IN IP4 0.0.0.0';
  const control = lure.kind === 'control' ? lure.url : 'track1';
  const lines = [
    'v=0',
    `o=- 1 1 ${where}`,
    's=Camera',
    `c=${where}`,
    't=0 0',
    `a=control:${lure.kind === 'control' ? lure.url : '*'}`,
    'm=video 0 RTP/AVP 96',
    'a=rtpmap:96 H264/90000',
    `a=control:${control}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
