import { createWorker, type types } from 'mediasoup';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workerBinary } from './workerBinary.ts';

let worker: types.Worker;
beforeEach(async () => {
  worker = await createWorker({ workerBin: workerBinary(), logLevel: 'error' });
});
afterEach(() => worker.close());

const opus = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 } as const;

test('a packet is the same after it went through SRTP from one router to another', async () => {
  const mediaCodecs: types.RouterRtpCodecCapability[] = [
    {
      kind: 'audio',
      mimeType: opus.mimeType,
      clockRate: opus.clockRate,
      channels: opus.channels,
      preferredPayloadType: 100,
    },
  ];
  const from = await worker.createRouter({ mediaCodecs });
  const to = await worker.createRouter({ mediaCodecs });
  const source = await from.createDirectTransport();
  const producer = await source.produce({
    kind: 'audio',
    rtpParameters: { codecs: [opus], encodings: [{ ssrc: 1234 }] },
  });
  const { pipeProducer } = await from.pipeToRouter({
    producerId: producer.id,
    router: to,
    enableSrtp: true,
    // Both routers are in one worker, where an id can exist only once.
    keepId: false,
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
  });
  if (!pipeProducer) throw new Error('The second router has no producer.');
  const sink = await to.createDirectTransport();
  const consumer = await sink.consume({ producerId: pipeProducer.id, rtpCapabilities: to.rtpCapabilities });
  const payload = Buffer.from('the same bytes on the other side');
  const received = new Promise<Buffer>((resolve) => consumer.on('rtp', resolve));
  producer.send(rtpPacket(payload));
  const packet = await received;
  expect(packet.subarray(-payload.length).toString()).toBe(payload.toString());
});

function rtpPacket(payload: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(opus.payloadType, 1);
  header.writeUInt16BE(1, 2);
  header.writeUInt32BE(960, 4);
  header.writeUInt32BE(1234, 8);
  return Buffer.concat([header, payload]);
}
