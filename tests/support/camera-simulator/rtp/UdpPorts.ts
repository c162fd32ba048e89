import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';

async function bind(address: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  await once(socket, 'listening');
  // A key frame leaves in one burst.
  socket.setSendBufferSize(2_000_000);
  // A receiver that closed its port makes the next send fail; the session ends through its control connection.
  socket.on('error', () => undefined);
  return socket;
}

/** An even port for RTP and the odd one above it for RTCP, shared by all UDP sessions of a simulator. */
export class UdpPorts {
  readonly rtp: Socket;
  readonly rtcp: Socket;
  #isClosed = false;

  private constructor(rtp: Socket, rtcp: Socket) {
    this.rtp = rtp;
    this.rtcp = rtcp;
  }

  static async create(address: string, onRtcp: (packet: Buffer, from: RemoteInfo) => void): Promise<UdpPorts> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const rtp = await bind(address, 0);
      const { port } = rtp.address();
      const rtcp = port % 2 === 0 ? await bind(address, port + 1).catch(() => undefined) : undefined;
      if (rtcp !== undefined) {
        rtcp.on('message', onRtcp);
        return new UdpPorts(rtp, rtcp);
      }
      rtp.close();
    }
    throw new Error(`No pair of free UDP ports on ${address}.`);
  }

  get serverPort(): string {
    return `${this.rtp.address().port}-${this.rtcp.address().port}`;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.rtp.close();
    this.rtcp.close();
  }
}
