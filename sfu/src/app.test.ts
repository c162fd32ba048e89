import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { ViewingTraffic } from '@commonsight/types/viewing';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { createHost } from './app.ts';
import { findFreePorts } from './testing/freePorts.ts';
import { TestStage } from './testing/TestStage.ts';
import { linkSecret } from './testing/TestServer.ts';

let stage: TestStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a picture goes from a relay to a viewer with the playout delay on every packet', async () => {
  stage = await TestStage.open();
  const { uplinkId, streamId, stream } = await stage.openUplink();
  const { peerId, viewer, consumers } = await stage.watch([uplinkId]);
  const [{ viewingId, consumer }] = consumers;

  await viewer.waitForPackets(consumer);
  expect(viewer.packetsOf(consumer).map(({ playoutDelay }) => playoutDelay)).not.toContainEqual(undefined);
  expect(viewer.packetsOf(consumer)[0]?.playoutDelay).toEqual({ min: 0, max: 10 });
  // Resuming asks for a key frame, and the question reaches the relay.
  const before = await stream.countKeyFrameRequests();
  await stage.server.ask('consumer:pause', { viewingIds: [viewingId] });
  await stage.server.ask('consumer:resume', { viewingIds: [viewingId] });
  await expect.poll(() => stream.countKeyFrameRequests(), { timeout: 20_000 }).toBeGreaterThan(before);

  const snapshot = await stage.snapshot();
  expect(snapshot.uplinks).toEqual([{ uplinkId, streamId, isConnected: true }]);
  expect(snapshot.peers).toMatchObject([
    { peerId, transportId: expect.any(String), consumers: [{ viewingId, uplinkId, isPaused: false }] },
  ]);
});

for (const [how, signal] of [
  ['is killed', 'SIGKILL'],
  ['hangs', 'SIGSTOP'],
] as const) {
  test(`STR7 a worker that ${how} is told with all that was on it, replaced, and everything works again`, async () => {
    stage = await TestStage.open();
    const { server } = stage;
    const { uplinkId, streamId } = await stage.openUplink();
    const { peerId, viewer, consumers } = await stage.watch([uplinkId]);
    const [{ viewingId, consumer }] = consumers;
    await viewer.waitForPackets(consumer);
    await server.waitForTold('consumer:traffic', ({ traffic }) => traffic.some(({ packets }) => packets > 0));

    const [worker] = (await stage.snapshot()).workers;
    expect(worker).toBeDefined();
    process.kill(worker?.pid ?? 0, signal);
    const peerClosed = await server.waitForTold('peer:closed');
    expect(peerClosed).toMatchObject({ peerId, reason: 'workerDied', traffic: [{ viewingId }] });
    expect(peerClosed.traffic[0]?.packets).toBeGreaterThan(0);
    await server.waitForTold('uplink:closed', (told) => told.uplinkId === uplinkId && told.streamId === streamId);
    expect(server.told('consumer:closed')).toEqual([]);

    const again = await stage.openUplink();
    const watching = await stage.watch([again.uplinkId]);
    await watching.viewer.waitForPackets(watching.consumers[0].consumer);
    const snapshot = await stage.snapshot();
    expect(snapshot.uplinks.map((uplink) => uplink.uplinkId)).toEqual([again.uplinkId]);
    expect(snapshot.workers).toEqual([{ pid: expect.any(Number), webRtcPort: worker?.webRtcPort }]);
    expect(snapshot.workers[0]?.pid).not.toBe(worker?.pid);
  });
}

test("a worker's death ends the consumers of its uplinks on other workers, before the uplink is told", async () => {
  stage = await TestStage.open({ workerCount: 2 });
  const { server } = stage;
  // Peers are spread over the workers and each uplink is placed near its first peer.
  const near = await stage.openPeer();
  const { uplinkId } = await stage.openUplink(near);
  const watchingNear = await stage.watch([uplinkId], { peerId: near });
  const watchingFar = await stage.watch([uplinkId]);
  await watchingNear.viewer.waitForPackets(watchingNear.consumers[0].consumer);
  await watchingFar.viewer.waitForPackets(watchingFar.consumers[0].consumer);
  // The pipe goes down with the worker, and what it carried can then only be answered from the last report.
  const isOfFar = ({ viewingId, packets }: ViewingTraffic) =>
    viewingId === watchingFar.consumers[0].viewingId && packets > 0;
  await server.waitForTold('consumer:traffic', ({ traffic }) => traffic.some(isOfFar));
  const { workers } = await stage.snapshot();

  const nearPort = watchingNear.transport.iceCandidates[0]?.port;
  process.kill(workers.find(({ webRtcPort }) => webRtcPort === nearPort)?.pid ?? 0, 'SIGKILL');
  const consumerClosed = await server.waitForTold('consumer:closed');
  await server.waitForTold('uplink:closed');
  await server.waitForTold('peer:closed');
  expect(consumerClosed).toMatchObject({ viewingId: watchingFar.consumers[0].viewingId, reason: 'uplinkClosed' });
  expect(consumerClosed.traffic.packets).toBeGreaterThan(0);
  expect(server.told('consumer:closed')).toHaveLength(1);
  expect(server.toldNames.indexOf('consumer:closed')).toBeLessThan(server.toldNames.indexOf('uplink:closed'));

  const snapshot = await stage.snapshot();
  expect(snapshot.peers).toMatchObject([{ peerId: watchingFar.peerId, consumers: [] }]);
  expect(snapshot.uplinks).toEqual([]);
});

test('close ends every worker, and may be called again', async () => {
  stage = await TestStage.open({ workerCount: 2 });
  const { workers } = await stage.snapshot();
  await Promise.all([stage.host.close(), stage.host.close()]);
  await stage.host.close();
  expect(workers).toHaveLength(2);
  expect(workers.filter(({ pid }) => isRunning(pid))).toEqual([]);
});

test('a taken port is an error that names it, and nothing is left running', async () => {
  const webRtcPort = await findFreePorts(2);
  const taken = createSocket('udp4');
  await new Promise<void>((resolve) => taken.bind(webRtcPort + 1, '127.0.0.1', resolve));
  const opening = createHost({
    config: {
      serverUrl: 'http://127.0.0.1:9',
      linkSecret,
      listenAddress: '127.0.0.1',
      announcedAddress: undefined,
      webRtcPort,
      uplinkPorts: { min: 31_000, max: 31_999 },
      workerCount: 2,
    },
    log: pino({ level: 'silent' }),
  });
  await expect(opening).rejects.toThrow(String(webRtcPort + 1));
  taken.close();
});

test('what is asked of ids that nobody knows is answered and harms nothing', async () => {
  stage = await TestStage.open();
  const { server } = stage;
  const unknown = randomUUID();
  const code = async (...asked: Parameters<TestStage['server']['tryAsk']>) => {
    const answer = await server.tryAsk(...asked);
    return answer.ok ? 'ok' : answer.error.code;
  };
  expect(await code('uplink:close', { uplinkId: unknown })).toBe('ok');
  expect(await code('peer:close', { peerId: unknown })).toBe('ok');
  expect(await code('peer:createTransport', { peerId: unknown })).toBe('notFound');
  expect(await code('peer:restartIce', { peerId: unknown, transportId: 'none' })).toBe('notFound');
  for (const name of ['consumer:resume', 'consumer:pause', 'consumer:close'] as const) {
    expect(await code(name, { viewingIds: [unknown] })).toBe('ok');
  }
});
