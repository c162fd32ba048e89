import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIP, isIPv6 } from 'node:net';
import { type CameraMedia, type PacketListener, readPair, transportField } from './CameraMedia.ts';
import { CameraError } from './CameraError.ts';
import { ReorderWindow } from './ReorderWindow.ts';
import { UnsupportedTransportError } from './UnsupportedTransportError.ts';

const receiveBufferBytes = 1_048_576;
const bindAttempts = 20;

export interface UdpMediaOptions {
  /** Our address as the camera sees it. */
  readonly localAddress: string;
  /** The camera's address, which was checked. */
  readonly cameraAddress: string;
  /** Whether a `source` that the camera names may be listened to. */
  readonly isAddressAllowed: (address: string) => boolean;
  readonly onRtp: PacketListener;
}

/**
 * Packets over UDP, on a pair of ports as RTSP wants them: even for RTP, the next one for RTCP. Packets count only when
 * they come from the camera or from the source that it named in the control connection: anybody on the network can send
 * to an open port. What we send goes to the camera alone.
 */
export class UdpMedia implements CameraMedia {
  readonly #options: UdpMediaOptions;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #reorder: ReorderWindow;
  readonly #sources = new Set<string>();
  #rtcpPort: number | undefined;

  static async open(options: UdpMediaOptions): Promise<UdpMedia> {
    const [rtp, rtcp] = await bindPair(options.localAddress);
    return new UdpMedia(options, rtp, rtcp);
  }

  private constructor(options: UdpMediaOptions, rtp: Socket, rtcp: Socket) {
    this.#options = options;
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#sources.add(options.cameraAddress);
    this.#reorder = new ReorderWindow(options.onRtp);
    rtp.on('message', (packet, from) => this.#handleRtp(packet, from));
    rtcp.on('message', (_, from) => {
      if (from.address === options.cameraAddress) this.#rtcpPort ??= from.port;
    });
    // A camera that is gone answers with "port unreachable"; that its packets stay away is seen elsewhere.
    rtp.on('error', () => undefined);
    rtcp.on('error', () => undefined);
  }

  get setupHeader(): string {
    return `RTP/AVP;unicast;client_port=${this.#rtp.address().port}-${this.#rtcp.address().port}`;
  }

  /** `server_port` is often missing: then the camera's RTCP tells where it wants ours. */
  accept(transportHeader: string): void {
    if (/\/TCP/i.test(transportHeader) || /;\s*multicast/i.test(transportHeader)) throw new UnsupportedTransportError();
    const ports = readPair(transportField(transportHeader, 'server_port'), 65_535);
    if (ports !== undefined && ports[1] > 0) this.#rtcpPort = ports[1];
    const source = transportField(transportHeader, 'source');
    if (source !== undefined && isIP(source) !== 0 && this.#options.isAddressAllowed(source)) this.#sources.add(source);
  }

  sendRtcp(packet: Buffer): void {
    if (this.#rtcpPort !== undefined) this.#rtcp.send(packet, this.#rtcpPort, this.#options.cameraAddress);
  }

  close(): void {
    this.#reorder.close();
    closeSocket(this.#rtp);
    closeSocket(this.#rtcp);
  }

  #handleRtp(packet: Buffer, from: RemoteInfo): void {
    if (this.#sources.has(from.address)) this.#reorder.take(packet, performance.now());
  }
}

/** Any free pair whose first port is even. */
async function bindPair(address: string): Promise<[Socket, Socket]> {
  for (let attempt = 0; attempt < bindAttempts; attempt += 1) {
    const first = await bindSocket(address, 0);
    const { port } = first.address();
    const other = await bindSocket(address, port % 2 === 0 ? port + 1 : port - 1).catch(() => undefined);
    if (other !== undefined) return port % 2 === 0 ? [first, other] : [other, first];
    closeSocket(first);
  }
  throw new CameraError('connectionLost', 'The relay has no free UDP ports.');
}

async function bindSocket(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', recvBufferSize: receiveBufferBytes });
  try {
    socket.bind({ address, port, exclusive: true });
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    closeSocket(socket);
    throw error;
  }
}

function closeSocket(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // Closed already, which is what was wanted.
  }
}
