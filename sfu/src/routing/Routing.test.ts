import type { types } from 'mediasoup';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFreePorts } from '../testing/freePorts.ts';
import { playoutDelayUri } from '../testing/rtp.ts';
import { routerCodecs } from '../workers/routerCodecs.ts';
import type { MediaWorker } from '../workers/MediaWorker.ts';
import { WorkerPool } from '../workers/WorkerPool.ts';
import { Routing } from './Routing.ts';

let pool: WorkerPool;
let source: MediaWorker;
let target: MediaWorker;
let producer: types.Producer;
let routing: Routing;

beforeEach(async () => {
  const webRtcPort = await findFreePorts(2);
  const settings = { workerCount: 2, listenAddress: '127.0.0.1', announcedAddress: undefined, webRtcPort };
  pool = await WorkerPool.create(settings, pino({ level: 'silent' }));
  [source, target] = [await pool.place(), await pool.place()];
  const transport = await source.router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    comedia: true,
  });
  producer = await transport.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [
        { mimeType: 'video/H264', payloadType: 101, clockRate: 90_000, parameters: routerCodecs[0]?.parameters ?? {} },
      ],
      headerExtensions: [{ uri: playoutDelayUri, id: 3 }],
      encodings: [{ ssrc: 1 }],
    },
  });
  routing = new Routing({ min: 32_000, max: 32_999 });
});
afterEach(() => pool.close());

const reach = (to: MediaWorker) => routing.reach({ producerId: producer.id, worker: source }, to);

async function consumeOn(worker: MediaWorker): Promise<types.Consumer> {
  const transport = await worker.router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  const { rtpCapabilities } = worker.router;
  return transport.consume({ producerId: producer.id, rtpCapabilities, enableRtx: true });
}

test("on the producer's own worker there is no pipe", async () => {
  const route = await reach(source);
  expect(route.producerId).toBe(producer.id);
  expect(routing.pipeCount).toBe(0);
  route.release();
});

test('those who ask at once share one pipe, which carries RTX and the playout delay', async () => {
  const routes = await Promise.all([reach(target), reach(target), reach(target)]);
  expect(routing.pipeCount).toBe(1);
  const { rtpParameters } = await consumeOn(target);
  expect(rtpParameters.headerExtensions?.map(({ uri }) => uri)).toContain(playoutDelayUri);
  expect(rtpParameters.encodings?.[0]?.rtx).toBeDefined();
  // Two ends of one pipe transport, the pipe's own producer, and the consumer above on its transport.
  expect(target.load).toBe(4);
  expect(routes).toHaveLength(3);
});

test('the last one closes the pipe, however often each releases, and it can be made again at once', async () => {
  const [first, second] = await Promise.all([reach(target), reach(target)]);
  first.release();
  first.release();
  const consumer = await consumeOn(target);
  expect(consumer.closed).toBe(false);
  const ended = new Promise<void>((resolve) => consumer.once('producerclose', resolve));
  second.release();
  expect(routing.pipeCount).toBe(0);
  await ended;
  await reach(target);
  expect((await consumeOn(target)).closed).toBe(false);
  expect(routing.pipeCount).toBe(1);
});

test('a producer that closes takes its pipe along', async () => {
  await reach(target);
  const consumer = await consumeOn(target);
  const ended = new Promise<void>((resolve) => consumer.once('producerclose', resolve));
  producer.close();
  await ended;
  expect(routing.pipeCount).toBe(0);
  await expect(reach(target)).rejects.toMatchObject({ code: 'mediaUnavailable' });
  expect(routing.pipeCount).toBe(0);
});

test('a worker that dies takes its pipes along, whichever end it is', async () => {
  await reach(target);
  process.kill(target.pid, 'SIGKILL');
  await expect.poll(() => routing.pipeCount, { timeout: 20_000 }).toBe(0);
  expect(producer.closed).toBe(false);

  const successor = await pool.place();
  await reach(successor);
  process.kill(source.pid, 'SIGKILL');
  await expect.poll(() => routing.pipeCount, { timeout: 20_000 }).toBe(0);
});
