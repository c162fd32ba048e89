import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inMs, TestStage } from '../testing/TestStage.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.close());

test('CON3 a consumer is created paused and sends nothing until it is resumed, and nothing while paused again', async () => {
  const { uplinkId, stream } = await stage.openUplink();
  const { server } = stage;
  const { peerId, viewer, consumers } = await stage.watch([uplinkId], { isResumed: false });
  const [{ viewingId, consumer }] = consumers;
  const consumersNow = async () => (await stage.snapshot()).peers.find((peer) => peer.peerId === peerId)?.consumers;
  expect(await consumersNow()).toMatchObject([{ viewingId, isPaused: true }]);
  await expect.poll(() => stream.sentPackets, { timeout: 20_000 }).toBeGreaterThan(30);
  expect(viewer.packetsOf(consumer)).toEqual([]);

  await server.ask('consumer:resume', { viewingIds: [viewingId, randomUUID()] });
  await viewer.waitForPackets(consumer);
  await server.ask('consumer:pause', { viewingIds: [viewingId] });
  expect(await consumersNow()).toMatchObject([{ viewingId, isPaused: true }]);
  await server.ask('consumer:resume', { viewingIds: [viewingId] });
  await viewer.waitForPackets(consumer);
});

test('a batch answers for each item by itself', async () => {
  const { uplinkId } = await stage.openUplink();
  const unconnected = randomUUID();
  await stage.server.ask('uplink:open', { uplinkId: unconnected, streamId: randomUUID(), nearPeerId: null });
  const peerId = await stage.openPeer();
  const { routerRtpCapabilities: rtpCapabilities } = await stage.server.ask('peer:open', { peerId });
  const order = (ofUplink: string, expiresAt = inMs(60_000)) => ({
    viewingId: randomUUID(),
    uplinkId: ofUplink,
    expiresAt,
  });
  const good = order(uplinkId);
  const orders = [order(randomUUID()), good, good, order(unconnected), order(uplinkId, inMs(-1))];
  const create = () => stage.server.tryAsk('consumer:create', { peerId, rtpCapabilities, consumers: orders });

  expect(await create()).toMatchObject({ ok: false, error: { code: 'conflict' } });
  await stage.server.ask('peer:createTransport', { peerId });
  const answer = await create();
  expect(answer.ok && answer.value.results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual([
    'notFound',
    'ok',
    'conflict',
    'mediaUnavailable',
    'conflict',
  ]);
  expect((await stage.snapshot()).peers[0]?.consumers).toMatchObject([{ viewingId: good.viewingId }]);
});

test('capabilities that mediasoup cannot use are refused for the item', async () => {
  const { uplinkId } = await stage.openUplink();
  const peerId = await stage.openPeer();
  await stage.server.ask('peer:createTransport', { peerId });
  const create = async (rtpCapabilities: { codecs: { mimeType: string; kind: string }[] }) => {
    const item = { viewingId: randomUUID(), uplinkId, expiresAt: inMs(60_000) };
    const { results } = await stage.server.ask('consumer:create', { peerId, rtpCapabilities, consumers: [item] });
    return results.map((result) => (result.ok ? 'ok' : result.error.code));
  };
  expect(await create({ codecs: [] })).toEqual(['mediaUnavailable']);
  expect(await create({ codecs: [{ mimeType: 'nonsense', kind: 'video' }] })).toEqual(['badRequest']);
  expect((await stage.snapshot()).peers[0]?.consumers).toEqual([]);
});

test('CON4 a consumer ends at its time without being asked, and the others go on', async () => {
  const { uplinkId } = await stage.openUplink();
  const { peerId, viewer, consumers } = await stage.watch([uplinkId, uplinkId]);
  const [ending, lasting] = consumers;
  await viewer.waitForPackets(ending.consumer);
  expect((await stage.snapshot()).peers[0]?.consumers).toMatchObject([
    { viewingId: ending.viewingId, expiresAt: ending.expiresAt },
    { viewingId: lasting?.viewingId, expiresAt: lasting?.expiresAt },
  ]);

  const expiresAt = inMs(500);
  await stage.server.ask('consumer:extend', { viewingIds: [ending.viewingId], expiresAt });
  const closed = await stage.server.waitForTold('consumer:closed');
  expect(closed).toMatchObject({ viewingId: ending.viewingId, peerId, reason: 'expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  expect(closed.traffic.packets).toBeGreaterThan(0);
  expect((await stage.snapshot()).peers[0]?.consumers).toMatchObject([{ viewingId: lasting?.viewingId }]);
});

test('CON7 closing answers exactly what flowed, and every second the numbers are told', async () => {
  const { uplinkId, stream } = await stage.openUplink();
  const { viewer, consumers } = await stage.watch([uplinkId]);
  const [{ viewingId, consumer }] = consumers;
  await viewer.waitForPackets(consumer, 30);
  const isCounted = ({ packetsPerSecond }: { packetsPerSecond: number }) => packetsPerSecond > 0;
  await stage.server.waitForTold('consumer:traffic', ({ traffic }) => traffic.some(isCounted));

  stream.stop();
  const inFlight = viewer.packetsOf(consumer).length;
  const { traffic } = await stage.server.ask('consumer:close', { viewingIds: [viewingId, randomUUID()] });
  expect(traffic).toMatchObject([{ viewingId }]);
  expect(traffic[0]?.packets).toBeGreaterThanOrEqual(inFlight);
  expect(traffic[0]?.bytes).toBeGreaterThan(inFlight * 100);
  expect(await stage.server.ask('consumer:close', { viewingIds: [viewingId] })).toEqual({ traffic: [] });
  expect(stage.server.told('consumer:closed')).toEqual([]);
});

test('an uplink that is closed takes its consumers along', async () => {
  const { uplinkId } = await stage.openUplink();
  const other = await stage.openUplink();
  const { viewer, consumers } = await stage.watch([uplinkId, other.uplinkId]);
  await viewer.waitForPackets(consumers[0].consumer);
  await stage.server.ask('uplink:close', { uplinkId });
  const closed = await stage.server.waitForTold('consumer:closed');
  expect(closed).toMatchObject({ viewingId: consumers[0].viewingId, reason: 'uplinkClosed' });
  expect(closed.traffic.packets).toBeGreaterThan(0);
  const snapshot = await stage.snapshot();
  expect(snapshot.uplinks).toMatchObject([{ uplinkId: other.uplinkId }]);
  expect(snapshot.peers[0]?.consumers).toMatchObject([{ uplinkId: other.uplinkId }]);
});

test('what is closed while it is created is not created', async () => {
  const { uplinkId } = await stage.openUplink();
  const peerId = await stage.openPeer();
  await stage.server.ask('peer:createTransport', { peerId });
  const { routerRtpCapabilities: rtpCapabilities } = await stage.server.ask('peer:open', { peerId });
  const viewingId = randomUUID();
  const [created, closed] = await Promise.all([
    stage.server.ask('consumer:create', {
      peerId,
      rtpCapabilities,
      consumers: [{ viewingId, uplinkId, expiresAt: inMs(60_000) }],
    }),
    stage.server.ask('consumer:close', { viewingIds: [viewingId] }),
  ]);
  expect(created.results).toMatchObject([{ ok: false, viewingId, error: { code: 'conflict' } }]);
  expect(closed.traffic).toMatchObject([{ viewingId, packets: 0 }]);
  expect((await stage.snapshot()).peers[0]?.consumers).toEqual([]);
});
