import { randomUUID } from 'node:crypto';
import type { SharingRule } from '@commonsight/types/relay/sharing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharingStage } from '../../faults/sharing/SharingStage.ts';
import type { FarUplink } from './support/FarEnd.ts';
import { waitFor } from './support/waitFor.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });
let stage: SharingStage;

beforeAll(async () => {
  stage = await SharingStage.open();
}, 600_000);
afterAll(() => stage.close());

const share = (cameras: Record<string, SharingRule>) => stage.offer(stage.sign(cameras, rule('off')));

/** An owner's preview at the far end, or the code of its refusal. */
async function preview(
  cameraId: string,
  { isBeyondSharing = false, streamId = randomUUID(), byStranger = false } = {},
): Promise<{ previewId: string; uplink: FarUplink }> {
  const signed = await stage.signPreview({ cameraId, isBeyondSharing }, { byStranger });
  const previewId = randomUUID();
  const uplink = await stage.relay.farEnd.openUplink();
  const request = { signed, previewId, streamId, uplink: uplink.target() };
  await uplink.connect(await stage.relay.server.ask('preview:start', request));
  return { previewId, uplink };
}

const stop = (previewId: string) => stage.relay.server.ask('preview:stop', { previewId });

const untilMore = (uplink: FarUplink, count = 60) => {
  const before = uplink.packets.length;
  return waitFor(`${count} more packets`, () => uplink.packets.length >= before + count);
};

const sessions = () => stage.simulator.camera('camera').counters.openSessions;

/** What a decoder gets. */
const payloadsOf = (uplink: FarUplink) => new Set(uplink.packets.map(({ payload }) => payload.toString('base64')));

test('PRV1 an owner sees a camera without any grant, and nobody else hears of it', async () => {
  const camera = await stage.addCamera();
  await share({ [camera]: rule('always') });
  const { previewId, uplink } = await preview(camera);
  await untilMore(uplink);
  const { streams } = await stage.relay.server.ask('relay:snapshot', {});
  expect(streams).toEqual([]);
  expect(JSON.stringify(stage.relay.server.told)).not.toContain(camera);
  await stop(previewId);
  await waitFor('no session', () => sessions() === 0);
  const { length } = uplink.packets;
  await expect(stage.relay.server.ask('preview:stop', { previewId })).resolves.toEqual({});
  expect(uplink.packets).toHaveLength(length);
});

test('PRV1 an order that no owner signed, that is used or about another relay opens nothing', async () => {
  const camera = await stage.addCamera();
  await share({ [camera]: rule('always') });
  await expect(preview(camera, { byStranger: true })).rejects.toThrow('notPermitted');
  const signed = await stage.signPreview({ cameraId: camera, isBeyondSharing: false });
  const uplink = await stage.relay.farEnd.openUplink();
  const start = () =>
    stage.relay.server.ask('preview:start', {
      signed,
      previewId: randomUUID(),
      streamId: randomUUID(),
      uplink: uplink.target(),
    });
  await uplink.connect(await start());
  await untilMore(uplink);
  await expect(start()).rejects.toThrow('notPermitted');
  const made = await stage.signPreview({ cameraId: camera, isBeyondSharing: false, challenge: 'c'.repeat(43) });
  await expect(
    stage.relay.server.ask('preview:start', {
      signed: made,
      previewId: randomUUID(),
      streamId: randomUUID(),
      uplink: uplink.target(),
    }),
  ).rejects.toThrow('notPermitted');
  // The link begins anew, and nobody knows of the preview any more.
  await stage.relay.restartRelay('SIGTERM', { LOG_LEVEL: 'info' });
  await stage.relay.server.untilConnected();
  await waitFor('no session', () => sessions() === 0);
});

test('PRV2 the same packets go to police and to the owner, and each ends without the other', async () => {
  const camera = await stage.addCamera();
  await share({ [camera]: rule('always') });
  const pulls = stage.pulls;
  const stream = await stage.relay.start(camera);
  await stream.untilMorePackets(30);
  const { previewId, uplink } = await preview(camera, { streamId: stream.streamId });
  await untilMore(uplink, 90);
  await stream.untilMorePackets(30);
  expect(stage.pulls).toBe(pulls + 1);
  const [ofPolice, ofOwner] = [payloadsOf(stream.uplink), payloadsOf(uplink)];
  // But for what is still on its way to one of them at this moment.
  const same = [...ofOwner].filter((payload) => ofPolice.has(payload));
  expect(same.length).toBeGreaterThan(60);
  expect(same.length).toBeGreaterThan(ofOwner.size - 60);

  await stream.stop();
  await untilMore(uplink);
  const again = await stage.relay.start(camera);
  await again.untilMorePackets(30);
  await stop(previewId);
  await again.untilMorePackets(30);
  await again.stop();
  await waitFor('no session', () => sessions() === 0);
});

test('PRV3 what is not shared is previewed on the owner’s express word alone, and opens nothing to police', async () => {
  const camera = await stage.addCamera();
  await share({ [camera]: rule('off') });
  await expect(preview(camera)).rejects.toThrow('notShared');
  const streamId = randomUUID();
  const { previewId, uplink } = await preview(camera, { isBeyondSharing: true, streamId });
  await untilMore(uplink);
  const far = await stage.relay.farEnd.openUplink();
  const grants = [stage.relay.server.signGrant(camera)];
  await expect(
    stage.relay.server.ask('stream:start', { streamId, cameraId: camera, kind: 'sub', uplink: far.target(), grants }),
  ).rejects.toThrow('notShared');
  await untilMore(uplink);
  await stop(previewId);
  await waitFor('no session', () => sessions() === 0);
});

test('PRV3 a preview of a shared camera ends with the sharing, within two seconds', async () => {
  const camera = await stage.addCamera();
  await share({ [camera]: rule('always') });
  const { previewId, uplink } = await preview(camera);
  await untilMore(uplink);
  const changedAtMs = performance.now();
  await share({ [camera]: rule('off') });
  const told = await waitFor('the end', () =>
    stage.relay.server.told.find(
      ({ name, notification }) => name === 'preview:stopped' && notification.previewId === previewId,
    ),
  );
  expect(told.notification).toMatchObject({ reason: 'notShared' });
  await waitFor('no session', () => sessions() === 0);
  expect((uplink.packets.at(-1)?.arrivedAtMs ?? 0) - changedAtMs).toBeLessThan(2_000);
});
