import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findFreePorts } from '../testing/freePorts.ts';
import type { MediaWorker } from './MediaWorker.ts';
import { WorkerPool } from './WorkerPool.ts';

let pool: WorkerPool;
beforeEach(async () => {
  const webRtcPort = await findFreePorts(2);
  const settings = { workerCount: 2, listenAddress: '127.0.0.1', announcedAddress: undefined, webRtcPort };
  pool = await WorkerPool.create(settings, pino({ level: 'silent' }));
});
afterEach(() => pool.close());

const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;

test('the least loaded worker is chosen, and with equal loads they take turns', async () => {
  const [first, second] = [await pool.place(), await pool.place()];
  expect(first).not.toBe(second);
  const transport = await first.router.createPlainTransport({ listenInfo });
  expect(first.load).toBe(1);
  expect([await pool.place(), await pool.place()]).toEqual([second, second]);
  transport.close();
  expect(first.load).toBe(0);
  expect(await pool.place()).toBe(first);
});

test('a transport takes its producers and consumers from the load when it closes', async () => {
  const worker = await pool.place();
  const transport = await worker.router.createPlainTransport({ listenInfo, comedia: true });
  const codec = pool.rtpCapabilities.codecs?.[0];
  const producer = await transport.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ mimeType: 'video/H264', payloadType: 101, clockRate: 90_000, parameters: codec?.parameters ?? {} }],
      encodings: [{ ssrc: 1 }],
    },
  });
  await transport.consume({ producerId: producer.id, rtpCapabilities: worker.router.rtpCapabilities });
  expect(worker.load).toBe(3);
  transport.close();
  expect(worker.load).toBe(0);
});

test('a dead worker is told, left out, and replaced on its port', async () => {
  const dead = Promise.withResolvers<MediaWorker>();
  pool.onWorkerDied = dead.resolve;
  const [victim, other] = pool.workers;
  process.kill(victim?.pid ?? 0, 'SIGKILL');
  expect(await dead.promise).toBe(victim);
  expect(await pool.place()).toBe(other);
  await expect.poll(() => pool.workers.length, { timeout: 20_000, interval: 10 }).toBe(2);
  expect(pool.workers.map(({ webRtcPort }) => webRtcPort)).toContain(victim?.webRtcPort);
});

test('with every worker dead, a place waits for the first successor', async () => {
  const dead = Promise.withResolvers<void>();
  pool.onWorkerDied = () => {
    if (pool.workers.length === 0) dead.resolve();
  };
  for (const { pid } of pool.workers) process.kill(pid, 'SIGKILL');
  await dead.promise;
  const worker = await pool.place();
  expect((await worker.router.createPlainTransport({ listenInfo })).closed).toBe(false);
});

test('a closed pool has no place and replaces nobody', async () => {
  const { workers } = pool;
  await pool.close();
  expect(workers.every(({ isClosed }) => isClosed)).toBe(true);
  await expect(pool.place()).rejects.toMatchObject({ code: 'mediaUnavailable' });
});
