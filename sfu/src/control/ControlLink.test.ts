import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestServer } from '../testing/TestServer.ts';
import { TestStage } from '../testing/TestStage.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.close());

test('STR7 the link is lost and back: pictures go on, the snapshot has them, and the flow is told again', async () => {
  const { uplinkId } = await stage.openUplink();
  const { viewer, consumers } = await stage.watch([uplinkId]);
  const [{ viewingId, consumer }] = consumers;
  await viewer.waitForPackets(consumer);
  await stage.server.waitForTold('uplink:flowChanged');
  const before = await stage.snapshot();

  const { port } = stage.server;
  await stage.server.close();
  await viewer.waitForPackets(consumer, 20);
  stage.server = await TestServer.open(port);
  const after = await stage.snapshot();

  expect(after).toEqual(before);
  expect(after.peers[0]?.consumers).toMatchObject([{ viewingId, isPaused: false }]);
  const flow = await stage.server.waitForTold('uplink:flowChanged');
  expect(flow).toMatchObject({ uplinkId, isFlowing: true });
});

test('a server that refuses the secret is dialled again until it takes it', async () => {
  const { port } = stage.server;
  await stage.server.close();
  const strange = await TestServer.open(port, 'another secret');
  await expect.poll(() => strange.refusals, { timeout: 20_000 }).toBeGreaterThan(0);
  await strange.close();
  stage.server = await TestServer.open(port);
  expect((await stage.snapshot()).workers).toHaveLength(1);
});

test('MSG3 MSG4 malformed and unknown messages are answered or dropped, and the host works on', async () => {
  const { server } = stage;
  const misfits: [string, unknown][] = [
    ['host:snapshot', null],
    ['host:unknown', {}],
    ['constructor', {}],
    ['uplink:open', { uplinkId: 'no id', streamId: randomUUID(), nearPeerId: null }],
    ['uplink:open', 'text'],
    ['peer:open', undefined],
    ['peer:open', { peerId: [randomUUID()] }],
    ['consumer:create', { peerId: randomUUID(), rtpCapabilities: {}, consumers: [] }],
    ['consumer:close', { viewingIds: Array.from({ length: 201 }, () => randomUUID()) }],
    ['consumer:extend', { viewingIds: [], expiresAt: 'tomorrow' }],
  ];
  for (const [name, payload] of misfits) {
    expect({ name, answer: await server.askAnything(name, payload) }).toMatchObject({
      name,
      answer: { ok: false, error: { code: 'badRequest' } },
    });
  }

  const socket = await server.waitForHost();
  for (let round = 0; round < 1_000; round += 1) {
    socket.emit('uplink:close', { uplinkId: randomUUID() });
    socket.emit(`random:${round}`, { round }, 'more', round);
    socket.emit('peer:open');
  }
  expect((await stage.snapshot()).peers).toEqual([]);
});
