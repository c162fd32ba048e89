import { openWatchedWorker, type WatchedWorker } from '@commonsight/worker/watched-worker';
import type { types } from 'mediasoup';
import type { UplinkTarget } from '../uplinks/Uplink.ts';
import { routerCodecs } from '../workers/routerCodecs.ts';
import { playoutDelayId, playoutDelayUri, writeRtpPacket } from './rtp.ts';

const payloadType = 100;
const frameMs = 33;
const framesPerKeyFrame = 15;
/** SPS and PPS in one STAP-A: what mediasoup takes for the beginning of a key frame. */
const parameterSets = Buffer.from([24, 0, 4, 0x67, 0x42, 0xe0, 0x1f, 0, 2, 0x68, 0xce]);

/** What the tests need of a relay: a mediasoup worker of its own that sends a stream over SRTP. */
export class TestRelay {
  readonly #watched: WatchedWorker;
  readonly #router: types.Router;
  readonly #streams: TestStream[] = [];

  static async open(): Promise<TestRelay> {
    const watched = await openWatchedWorker();
    return new TestRelay(watched, await watched.worker.createRouter({ mediaCodecs: routerCodecs }));
  }

  private constructor(watched: WatchedWorker, router: types.Router) {
    this.#watched = watched;
    this.#router = router;
  }

  /** Prepares a stream to the given uplink. It sends nothing before `start()`. */
  async createStream(target: UplinkTarget): Promise<TestStream> {
    const stream = await TestStream.create(this.#router, target);
    this.#streams.push(stream);
    return stream;
  }

  async close(): Promise<void> {
    for (const stream of this.#streams) stream.stop();
    await this.#watched.close();
  }
}

/** Thirty frames a second, nothing in them but what mediasoup looks at. */
export class TestStream {
  readonly srtpParameters: types.SrtpParameters;
  readonly rtpParameters: types.RtpParameters;
  readonly #producer: types.Producer;
  readonly #consumer: types.Consumer;
  readonly #ssrc: number;
  #timer: NodeJS.Timeout | undefined;
  #sequenceNumber = 0;
  #frames = 0;

  static async create(router: types.Router, target: UplinkTarget): Promise<TestStream> {
    const ssrc = 1 + Math.floor(Math.random() * 0xfffffff);
    const direct = await router.createDirectTransport();
    const producer = await direct.produce({
      kind: 'video',
      rtpParameters: {
        codecs: [
          { mimeType: 'video/H264', payloadType, clockRate: 90_000, parameters: routerCodecs[0]?.parameters ?? {} },
        ],
        headerExtensions: [{ uri: playoutDelayUri, id: playoutDelayId }],
        encodings: [{ ssrc }],
      },
    });
    const plain = await router.createPlainTransport({
      listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
      rtcpMux: true,
      enableSrtp: true,
      srtpCryptoSuite: 'AEAD_AES_256_GCM',
    });
    await plain.connect({ ip: target.address, port: target.port, srtpParameters: target.srtpParameters });
    const consumer = await plain.consume({
      producerId: producer.id,
      rtpCapabilities: router.rtpCapabilities,
      enableRtx: true,
    });
    if (plain.srtpParameters === undefined) throw new Error('The transport was made without SRTP.');
    return new TestStream(producer, ssrc, plain.srtpParameters, consumer);
  }

  private constructor(
    producer: types.Producer,
    ssrc: number,
    srtpParameters: types.SrtpParameters,
    consumer: types.Consumer,
  ) {
    this.#producer = producer;
    this.#ssrc = ssrc;
    this.srtpParameters = srtpParameters;
    this.#consumer = consumer;
    this.rtpParameters = consumer.rtpParameters;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#sendFrame(), frameMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  get sentPackets(): number {
    return this.#sequenceNumber;
  }

  /** How often the far end has asked for a key frame. */
  async countKeyFrameRequests(): Promise<number> {
    const { pliCount, firCount } = await this.#outboundStats();
    return pliCount + firCount;
  }

  async countRetransmissions(): Promise<number> {
    return (await this.#outboundStats()).packetsRetransmitted;
  }

  async #outboundStats(): Promise<types.ConsumerStat> {
    const stats = await this.#consumer.getStats();
    const outbound = stats.find(({ type }) => type === 'outbound-rtp');
    if (outbound === undefined) throw new Error('The consumer has no numbers.');
    return outbound;
  }

  #sendFrame(): void {
    const isKeyFrame = this.#frames % framesPerKeyFrame === 0;
    if (isKeyFrame) this.#send(parameterSets, false);
    this.#send(Buffer.concat([Buffer.from([isKeyFrame ? 0x65 : 0x41]), Buffer.alloc(600, 1)]), true);
    this.#frames += 1;
  }

  #send(payload: Buffer, isMarked: boolean): void {
    if (this.#producer.closed) return;
    this.#sequenceNumber += 1;
    this.#producer.send(
      writeRtpPacket({
        payloadType,
        sequenceNumber: this.#sequenceNumber,
        timestamp: this.#frames * 3_000,
        ssrc: this.#ssrc,
        isMarked,
        playoutDelay: { min: 0, max: 10 },
        payload,
      }),
    );
  }
}
