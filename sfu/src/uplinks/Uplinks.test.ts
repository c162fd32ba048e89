import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLossyProxy } from '../testing/lossyProxy.ts';
import { TestStage } from '../testing/TestStage.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.close());

test('packets that are lost on the uplink are asked for again, and the viewer gets every one', async () => {
  const [uplinkId, streamId] = [randomUUID(), randomUUID()];
  const target = await stage.server.ask('uplink:open', { uplinkId, streamId, nearPeerId: null });
  const proxy = await openLossyProxy(target.port);
  const stream = await stage.relay.createStream({ ...target, port: proxy.port });
  await stage.connectUplink(uplinkId, stream);
  const { viewer, consumers } = await stage.watch([uplinkId]);
  const [{ consumer }] = consumers;
  await viewer.waitForPackets(consumer);
  const before = viewer.packetsOf(consumer).length;
  proxy.loseOneOf = 10;
  await viewer.waitForPackets(consumer, 100);
  proxy.loseOneOf = 0;
  await viewer.waitForPackets(consumer, 30);
  proxy.close();

  expect(await stream.countRetransmissions()).toBeGreaterThan(3);
  const numbers = viewer.packetsOf(consumer).map(({ sequenceNumber }) => sequenceNumber);
  const first = numbers[0] ?? 0;
  const steps = new Set(numbers.map((number) => (number - first + 65_536) % 65_536));
  const expected = Array.from({ length: before + 100 }, (_, step) => step);
  expect(expected.filter((step) => !steps.has(step))).toEqual([]);
});

test('STR5 an uplink has its own port and key, and takes one relay only', async () => {
  const first = await stage.openUplink();
  const ids = { uplinkId: randomUUID(), streamId: first.streamId, nearPeerId: null };
  const target = await stage.server.ask('uplink:open', ids);
  expect(target.address).toBe('127.0.0.1');
  expect(target.port).toBeGreaterThanOrEqual(31_000);
  expect(target.port).toBeLessThanOrEqual(31_999);
  expect(await stage.server.tryAsk('uplink:open', ids)).toMatchObject({ error: { code: 'conflict' } });

  const connect = (uplinkId: string) =>
    stage.server.tryAsk('uplink:connect', {
      uplinkId,
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: first.stream.srtpParameters.keyBase64 },
      rtpParameters: first.stream.rtpParameters,
    });
  expect(await connect(first.uplinkId)).toMatchObject({ error: { code: 'conflict' } });
  expect(await connect(randomUUID())).toMatchObject({ error: { code: 'notFound' } });
});

test('parameters that mediasoup cannot use are refused', async () => {
  const open = async () => {
    const uplinkId = randomUUID();
    await stage.server.ask('uplink:open', { uplinkId, streamId: randomUUID(), nearPeerId: null });
    return uplinkId;
  };
  const { stream } = await stage.openUplink();
  const keyBase64 = stream.srtpParameters.keyBase64;
  const connect = async (key: string, rtpParameters: typeof stream.rtpParameters) => {
    const answer = await stage.server.tryAsk('uplink:connect', {
      uplinkId: await open(),
      srtpParameters: { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: key },
      rtpParameters,
    });
    return answer.ok ? 'ok' : answer.error.code;
  };
  const vp8 = { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 };
  expect(await connect(keyBase64, { codecs: [vp8] })).toBe('mediaUnavailable');
  expect(await connect(keyBase64, { codecs: [] })).toBe('badRequest');
  expect(await connect('c2hvcnQ=', stream.rtpParameters)).toBe('badRequest');
  expect(await connect(keyBase64, stream.rtpParameters)).toBe('ok');
});

test('an uplink that is closed while it opens is not opened', async () => {
  const uplinkId = randomUUID();
  const [opened] = await Promise.all([
    stage.server.tryAsk('uplink:open', { uplinkId, streamId: randomUUID(), nearPeerId: null }),
    stage.server.ask('uplink:close', { uplinkId }),
  ]);
  expect(opened).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect((await stage.snapshot()).uplinks).toEqual([]);
});
