import type { Id } from '@commonsight/types/ids';
import type { types } from 'mediasoup';
import { fromMediasoup, HostError } from '../errors.ts';
import type { RouteSource } from '../routing/Routing.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';

export interface UplinkSettings {
  listenAddress: string;
  announcedAddress: string | undefined;
  uplinkPorts: { min: number; max: number };
}

export interface UplinkTarget {
  address: string;
  port: number;
  srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM'; keyBase64: string };
}

const srtpCryptoSuite = 'AEAD_AES_256_GCM';

/**
 * The receiving end of one stream: a plain transport with its own SRTP keys, and a producer once the relay's side is
 * known. The transport takes the address of the first packet that its key holder sends and never learns another, so an
 * uplink that broke is replaced and not repaired. The producer answers with NACK by itself, because the relay's
 * consumer offers RTX.
 */
export class Uplink {
  readonly id: Id;
  readonly streamId: Id;
  readonly worker: MediaWorker;
  readonly #transport: types.PlainTransport;
  #producer: types.Producer | undefined;
  #isConnecting = false;

  static async open(id: Id, streamId: Id, worker: MediaWorker, settings: UplinkSettings): Promise<Uplink> {
    const { listenAddress: ip, announcedAddress, uplinkPorts } = settings;
    const transport = await fromMediasoup(
      worker.router.createPlainTransport({
        listenInfo: {
          protocol: 'udp',
          ip,
          ...(announcedAddress === undefined ? {} : { announcedAddress }),
          portRange: uplinkPorts,
        },
        rtcpMux: true,
        comedia: true,
        enableSctp: false,
        enableSrtp: true,
        srtpCryptoSuite,
      }),
    );
    return new Uplink(id, streamId, worker, transport);
  }

  private constructor(id: Id, streamId: Id, worker: MediaWorker, transport: types.PlainTransport) {
    this.id = id;
    this.streamId = streamId;
    this.worker = worker;
    this.#transport = transport;
  }

  /** Where the relay sends to, and the key that this end sends its RTCP with. */
  get target(): UplinkTarget {
    const keyBase64 = this.#transport.srtpParameters?.keyBase64;
    if (keyBase64 === undefined) throw new Error('The transport was made without SRTP.');
    const { localAddress: address, localPort: port } = this.#transport.tuple;
    return { address, port, srtpParameters: { cryptoSuite: srtpCryptoSuite, keyBase64 } };
  }

  get isConnected(): boolean {
    return this.#producer !== undefined;
  }

  get isClosed(): boolean {
    return this.#transport.closed;
  }

  /** Throws `mediaUnavailable` before `connect()`. */
  get source(): RouteSource {
    if (this.#producer === undefined) throw new HostError('mediaUnavailable', 'The uplink is not connected yet.');
    return { producerId: this.#producer.id, worker: this.worker };
  }

  /** Takes the relay's key and the description of its packets. Once: another key belongs to another uplink. */
  async connect(srtpParameters: types.SrtpParameters, rtpParameters: types.RtpParameters): Promise<void> {
    if (this.#isConnecting) throw new HostError('conflict', 'The uplink is connected already.');
    this.#isConnecting = true;
    // The producer first: from its key on, the transport takes packets, and the first is a key frame.
    const producer = await fromMediasoup(this.#transport.produce({ kind: 'video', rtpParameters }));
    await fromMediasoup(this.#transport.connect({ srtpParameters }));
    this.#producer = producer;
  }

  /** Media packets received so far, null before `connect()`. */
  async countPackets(): Promise<number | null> {
    if (this.#producer === undefined) return null;
    let packets = 0;
    for (const stats of await this.#producer.getStats()) packets += stats.packetCount;
    return packets;
  }

  close(): void {
    this.#transport.close();
  }
}
