import type { Socket } from 'node:net';
import type { Socket as UdpSocket } from 'node:dgram';

/** Where a pull's packets go. */
export interface PacketSink {
  /** Whether the sink needs packets that fit into a datagram on an ordinary network. */
  readonly isUdp: boolean;
  sendRtp(packets: readonly Buffer[]): void;
  sendRtcp(packet: Buffer): void;
}

// A receiver that reads nothing for so long has gone; cameras cut it off, too.
const MAX_UNSENT_BYTES = 8_000_000;

export class TcpSink implements PacketSink {
  readonly isUdp = false;
  readonly #socket: Socket;
  readonly #rtpChannel: number;
  readonly #rtcpChannel: number;
  readonly #junk: () => Buffer;

  constructor(socket: Socket, rtpChannel: number, rtcpChannel: number, junk: () => Buffer) {
    this.#socket = socket;
    this.#rtpChannel = rtpChannel;
    this.#rtcpChannel = rtcpChannel;
    this.#junk = junk;
  }

  sendRtp(packets: readonly Buffer[]): void {
    this.#send(this.#rtpChannel, packets);
  }

  sendRtcp(packet: Buffer): void {
    this.#send(this.#rtcpChannel, [packet]);
  }

  #send(channel: number, packets: readonly Buffer[]): void {
    if (this.#socket.destroyed) return;
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) {
      this.#socket.destroy();
      return;
    }
    // One write for all packets of a picture.
    const parts = packets.flatMap((packet) => {
      const prefix = Buffer.from([0x24, channel, packet.length >> 8, packet.length & 0xff]);
      const junk = this.#junk();
      return junk.length === 0 ? [prefix, packet] : [junk, prefix, packet];
    });
    this.#socket.write(Buffer.concat(parts));
  }
}

export interface UdpTarget {
  readonly address: string;
  readonly rtpPort: number;
  readonly rtcpPort: number;
}

export class UdpSink implements PacketSink {
  readonly isUdp = true;
  readonly #rtp: UdpSocket;
  readonly #rtcp: UdpSocket;
  readonly #target: UdpTarget;

  constructor(rtp: UdpSocket, rtcp: UdpSocket, target: UdpTarget) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.#target = target;
  }

  sendRtp(packets: readonly Buffer[]): void {
    for (const packet of packets) this.#rtp.send(packet, this.#target.rtpPort, this.#target.address);
  }

  sendRtcp(packet: Buffer): void {
    this.#rtcp.send(packet, this.#target.rtcpPort, this.#target.address);
  }
}
