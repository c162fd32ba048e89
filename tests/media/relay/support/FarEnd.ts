import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { RelayRequests } from '@commonsight/types/relay/relay-link';
import { workerBinary } from '@commonsight/worker';
import { createWorker, type types } from 'mediasoup';
import type { z } from 'zod';
import { readPacket, type ReceivedPacket } from './RtpRecord.ts';

const playoutDelayUri = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const loopback = '127.0.0.1';

type Started = z.output<RelayRequests['stream:start']['response']>;
type Target = z.input<RelayRequests['stream:start']['request']>['uplink'];

/** The SFU's side of uplinks: a worker with a router, as the SFU host has. */
export class FarEnd {
  readonly #worker: types.Worker;
  readonly #router: types.Router;

  static async open(): Promise<FarEnd> {
    const worker = await createWorker({ workerBin: workerBinary(), logLevel: 'error' });
    const parameters = { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 };
    const router = await worker.createRouter({
      mediaCodecs: [{ kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters }],
    });
    return new FarEnd(worker, router);
  }

  private constructor(worker: types.Worker, router: types.Router) {
    this.#worker = worker;
    this.#router = router;
  }

  async openUplink(): Promise<FarUplink> {
    const transport = await this.#router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: loopback, recvBufferSize: 4_000_000 },
      rtcpMux: true,
      comedia: true,
      enableSrtp: true,
      srtpCryptoSuite: 'AEAD_AES_256_GCM',
    });
    return new FarUplink(this.#router, transport);
  }

  close(): void {
    this.#worker.close();
  }
}

/** One uplink's receiving end, and a tap that keeps every packet that a viewer would get. */
export class FarUplink {
  readonly id = randomUUID();
  readonly packets: ReceivedPacket[] = [];
  readonly #router: types.Router;
  readonly #transport: types.PlainTransport;
  #producer: types.Producer | undefined;
  #consumer: types.Consumer | undefined;
  #tap: Socket | undefined;

  constructor(router: types.Router, transport: types.PlainTransport) {
    this.#router = router;
    this.#transport = transport;
  }

  /** `port`: of a proxy in between, instead of ours. */
  target(port: number = this.#transport.tuple.localPort): Target {
    const keyBase64 = this.#transport.srtpParameters?.keyBase64 ?? '';
    return {
      uplinkId: this.id,
      address: loopback,
      port,
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64 },
    };
  }

  get port(): number {
    return this.#transport.tuple.localPort;
  }

  async connect({ srtpParameters, rtpParameters }: Started): Promise<void> {
    this.#producer = await this.#transport.produce({
      kind: 'video',
      rtpParameters: rtpParameters as types.RtpParameters,
    });
    await this.#tapInto(this.#producer);
    await this.#transport.connect({ srtpParameters });
  }

  /** As when a new viewer comes: asks for a key frame. */
  async requestKeyFrame(): Promise<void> {
    await this.#consumer?.requestKeyFrame();
  }

  /** Of what arrived, retransmitted packets included. */
  async stats(): Promise<types.ProducerStat> {
    const [stat] = (await this.#producer?.getStats()) ?? [];
    if (stat === undefined) throw new Error('Nothing has arrived on the uplink.');
    return stat;
  }

  close(): void {
    this.#transport.close();
    this.#tap?.close();
    this.#tap = undefined;
  }

  async #tapInto(producer: types.Producer): Promise<void> {
    const tap = createSocket({ type: 'udp4', recvBufferSize: 4_000_000 }).bind(0, loopback);
    await once(tap, 'listening');
    this.#tap = tap;
    const transport = await this.#router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: loopback, sendBufferSize: 4_000_000 },
      rtcpMux: false,
    });
    // RTCP goes nowhere: only packets are of interest.
    await transport.connect({ ip: loopback, port: tap.address().port, rtcpPort: 9 });
    const { codecs = [], headerExtensions = [] } = this.#router.rtpCapabilities;
    const extension = headerExtensions.find(({ uri }) => uri === playoutDelayUri);
    const id = extension?.preferredId ?? 0;
    tap.on('message', (packet) => this.packets.push(readPacket(Buffer.from(packet), id)));
    this.#consumer = await transport.consume({
      producerId: producer.id,
      enableRtx: false,
      rtpCapabilities: { codecs, headerExtensions: extension === undefined ? [] : [extension] },
    });
  }
}
