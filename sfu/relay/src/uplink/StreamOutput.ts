import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { uplinkTargetSchema } from '@commonsight/types/relay/relay-link';
import type { SrtpParametersWire } from '@commonsight/types/media';
import type { types } from 'mediasoup';
import type { z } from 'zod';
import { asksForKeyFrame } from '../rtsp/rtcp.ts';
import type { AddressRules } from '../rtsp/resolveAddress.ts';
import { findLocalAddress } from './findLocalAddress.ts';
import { consumerCapabilities, type PacketFormat, producerParameters, srtpCryptoSuite } from './mediaFormat.ts';

export type UplinkTarget = z.output<typeof uplinkTargetSchema>;

/** What the far end has to know of our end. */
export interface UplinkDescription {
  readonly srtpParameters: SrtpParametersWire;
  readonly rtpParameters: types.RtpParameters;
}

const loopback = '127.0.0.1';
/** As much as the system gives. A key frame of a large camera arrives as hundreds of packets at once. */
const bufferBytes = 1_048_576;
/** Away from the ports that the other processes of a small installation listen on. */
const portRange = { min: 50_000, max: 59_999 };

/**
 * The way of one stream from this process to the SFU: a socket to the worker on this machine, and from there an uplink,
 * where the worker encrypts, and answers the far end's NACKs by itself. The uplink can be replaced while packets flow, and
 * others can stand beside it, each under a key: all carry the same packets.
 */
export class StreamOutput {
  readonly #router: types.Router;
  readonly #socket: Socket;
  readonly #intake: types.PlainTransport;
  readonly #producer: types.Producer;
  readonly #uplinks = new Map<
    string,
    { readonly transport: types.PlainTransport; readonly consumer: types.Consumer }
  >();
  /** From `hold` to `release`: resolves when the worker holds. */
  #held: Promise<unknown> | undefined;
  #isClosed = false;

  /** `onKeyFrameNeeded`: somebody at the far end cannot decode. */
  static async open(router: types.Router, format: PacketFormat, onKeyFrameNeeded: () => void): Promise<StreamOutput> {
    const socket = createSocket({ type: 'udp4', sendBufferSize: bufferBytes });
    // The worker's end is missing for a moment when it died; that is told by the worker and not here.
    socket.on('error', () => undefined);
    let intake: types.PlainTransport | undefined;
    try {
      socket.bind(0, loopback);
      await once(socket, 'listening');
      intake = await router.createPlainTransport({
        listenInfo: { protocol: 'udp', ip: loopback, portRange, recvBufferSize: bufferBytes },
        rtcpMux: true,
        comedia: false,
      });
      await intake.connect({ ip: loopback, port: socket.address().port });
      const producer = await intake.produce({ kind: 'video', rtpParameters: producerParameters(format) });
      socket.connect(intake.tuple.localPort, loopback);
      await once(socket, 'connect');
      socket.on('message', (packet) => {
        if (asksForKeyFrame(packet)) onKeyFrameNeeded();
      });
      return new StreamOutput(router, socket, intake, producer);
    } catch (error) {
      intake?.close();
      socket.close();
      throw error;
    }
  }

  private constructor(router: types.Router, socket: Socket, intake: types.PlainTransport, producer: types.Producer) {
    this.#router = router;
    this.#socket = socket;
    this.#intake = intake;
    this.#producer = producer;
  }

  send(bytes: Buffer, length: number): void {
    if (!this.#isClosed) this.#socket.send(bytes, 0, length);
  }

  /** How many times each packet leaves. */
  get uplinkCount(): number {
    return this.#uplinks.size;
  }

  /**
   * Sends to a new target from now on, and no longer to the one that had the key before. Throws when the target's address is
   * none to send to, when it is wanted no longer once it is made, and what mediasoup throws.
   */
  async replaceUplink(
    key: string,
    { address, port, srtpParameters }: UplinkTarget,
    rules: AddressRules,
    isWanted: () => boolean,
  ): Promise<UplinkDescription> {
    const route = await findLocalAddress(address, port, rules);
    this.#assertOpen();
    const uplink = await this.#router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: route.localAddress, portRange, sendBufferSize: bufferBytes },
      rtcpMux: true,
      comedia: false,
      enableSrtp: true,
      srtpCryptoSuite,
    });
    try {
      await uplink.connect({ ip: route.targetAddress, port, srtpParameters });
      const consumer = await uplink.consume({
        producerId: this.#producer.id,
        rtpCapabilities: consumerCapabilities(this.#router.rtpCapabilities),
        enableRtx: true,
      });
      const keyBase64 = uplink.srtpParameters?.keyBase64;
      if (keyBase64 === undefined) throw new Error('The transport was made without SRTP.');
      this.#assertOpen();
      if (!isWanted()) throw new Error('The stream has ended.');
      this.closeUplink(key);
      this.#uplinks.set(key, { transport: uplink, consumer });
      if (this.#held !== undefined) this.hold();
      return { srtpParameters: { cryptoSuite: srtpCryptoSuite, keyBase64 }, rtpParameters: consumer.rtpParameters };
    } catch (error) {
      uplink.close();
      throw error;
    }
  }

  /** Sends to this target no longer, at once; an unknown key is no error. */
  closeUplink(key: string): void {
    this.#uplinks.get(key)?.transport.close();
    this.#uplinks.delete(key);
  }

  /**
   * Sends nothing up to `release`, and nothing again of what was sent before: a worker that pauses forgets the packets that
   * it keeps for receivers that have lost one. After it the first packet of a key frame is the first that is sent.
   */
  hold(): void {
    // One that is closed meanwhile sends nothing either.
    this.#held = Promise.allSettled(this.#consumers.map((consumer) => consumer.pause()));
  }

  /**
   * To be called when what was sent before `hold` has had time to reach the worker: it is told by another way than packets
   * come to it, and what comes after this it sends. Does nothing unless it holds.
   */
  release(): void {
    const held = this.#held;
    this.#held = undefined;
    void held?.then(() => {
      // It may have been held again while the worker was asked.
      if (this.#held !== undefined) return undefined;
      return Promise.allSettled(this.#consumers.map((consumer) => consumer.resume()));
    });
  }

  get #consumers(): types.Consumer[] {
    return [...this.#uplinks.values()].map(({ consumer }) => consumer);
  }

  /** At once: not one packet leaves after it. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { transport } of this.#uplinks.values()) transport.close();
    this.#uplinks.clear();
    this.#intake.close();
    this.#socket.close();
  }

  /** It may have been closed while an uplink was made. */
  #assertOpen(): void {
    if (this.#isClosed) throw new Error('The stream has ended.');
  }
}
