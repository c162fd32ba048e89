import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestStage } from '../testing/TestStage.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.close());

test('a second transport replaces the first, and its consumers end with it', async () => {
  const { uplinkId } = await stage.openUplink();
  const first = await stage.watch([uplinkId]);
  await first.viewer.waitForPackets(first.consumers[0].consumer);
  const second = await stage.watch([uplinkId], { peerId: first.peerId });
  const closed = await stage.server.waitForTold('consumer:closed');
  expect(closed).toMatchObject({ viewingId: first.consumers[0].viewingId, reason: 'transportClosed' });
  expect(closed.traffic.packets).toBeGreaterThan(0);
  await second.viewer.waitForPackets(second.consumers[0].consumer);
  const { id: transportId } = second.transport;
  expect((await stage.snapshot()).peers).toMatchObject([
    { transportId, consumers: [{ viewingId: second.consumers[0].viewingId }] },
  ]);
  const stale = { peerId: first.peerId, transportId: first.transport.id };
  expect(await stage.server.tryAsk('peer:restartIce', stale)).toMatchObject({ error: { code: 'notFound' } });
});

test('a peer whose DTLS has failed, and that makes no other transport, is told as gone', async () => {
  const { uplinkId } = await stage.openUplink();
  const { peerId, consumers } = await stage.watch([uplinkId], { isImpostor: true });
  const closed = await stage.server.waitForTold('peer:closed');
  const [{ viewingId }] = consumers;
  expect(closed).toMatchObject({ peerId, reason: 'transportClosed', traffic: [{ viewingId, packets: 0 }] });
  expect((await stage.snapshot()).peers).toEqual([]);
});

test('ICE can be restarted, and a peer that is opened again keeps what it has', async () => {
  const { uplinkId } = await stage.openUplink();
  const { peerId, transport } = await stage.watch([uplinkId]);
  const { iceParameters } = await stage.server.ask('peer:restartIce', { peerId, transportId: transport.id });
  expect(iceParameters.password).not.toBe(transport.iceParameters.password);
  await stage.server.ask('peer:open', { peerId });
  expect((await stage.snapshot()).peers).toMatchObject([{ peerId, transportId: transport.id, consumers: [{}] }]);
});

test('a closed peer answers what flowed through each of its consumers', async () => {
  const uplinks = await Promise.all([stage.openUplink(), stage.openUplink()]);
  const { peerId, viewer, consumers } = await stage.watch(uplinks.map(({ uplinkId }) => uplinkId));
  for (const { consumer } of consumers) await viewer.waitForPackets(consumer);
  const { traffic } = await stage.server.ask('peer:close', { peerId });
  expect(traffic.map(({ viewingId }) => viewingId)).toEqual(consumers.map(({ viewingId }) => viewingId));
  expect(traffic.every(({ packets, bytes }) => packets > 0 && bytes > 0)).toBe(true);
  expect(stage.server.told('peer:closed')).toEqual([]);
  expect(await stage.server.ask('peer:close', { peerId })).toEqual({ traffic: [] });
});
