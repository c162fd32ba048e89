import { randomBytes, randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import type { z } from 'zod';

type Target = z.input<RelayRequests['stream:start']['request']>['uplink'];

const loopback = '127.0.0.1';
/** Key and salt of AEAD_AES_256_GCM (RFC 7714, 12). */
const keyBytes = 44;

/**
 * The server's side of an uplink as a bare UDP socket: whatever datagram a relay sends there is seen, whether it is
 * encrypted rightly or is a picture at all.
 */
export class ServerSocket {
  /** When each datagram came, of `performance.now()`. */
  readonly arrivals: number[] = [];
  readonly #socket: Socket;

  static async open(): Promise<ServerSocket> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 }).bind(0, loopback);
    await once(socket, 'listening');
    return new ServerSocket(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', () => this.arrivals.push(performance.now()));
  }

  /** A new one each time, with a key of its own; all lead here. */
  target(): Target {
    return {
      uplinkId: randomUUID(),
      address: loopback,
      port: this.#socket.address().port,
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: randomBytes(keyBytes).toString('base64') },
    };
  }

  close(): void {
    this.#socket.close();
  }
}
