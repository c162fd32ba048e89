import type { SharingRule } from '@commonsight/types/relay/sharing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SharingStage } from '../../faults/sharing/SharingStage.ts';
import { waitFor } from './support/waitFor.ts';

const rule = (mode: SharingRule['mode']): SharingRule => ({ mode, schedule: [], dates: [] });
let stage: SharingStage;

beforeAll(async () => {
  stage = await SharingStage.open();
}, 600_000);
afterAll(() => stage.close());

const allow = (mostKilobitsPerSecond: number | null) =>
  stage.offer(
    stage.sign({}, rule('always'), mostKilobitsPerSecond === null ? {} : { upload: { mostKilobitsPerSecond } }),
  );

const upload = async () => (await stage.relay.server.ask('relay:readHealth', {})).upload;

test('UPL1 what does not fit into the owner’s limit does not begin, and the relay says which and why', async () => {
  const [first, second] = [await stage.addCamera(), await stage.addCamera()];
  await allow(900);
  // Nothing is known of these cameras: a small picture is reckoned with 0.84 Mbit/s, a large one with 4.2.
  await expect(stage.relay.start(first, { kind: 'main' })).rejects.toThrow('uploadFull');
  const stream = await stage.relay.start(first);
  await stream.untilMorePackets(30);
  await expect(stage.relay.start(second)).rejects.toThrow('uploadFull');
  const told = await upload();
  expect(told).toMatchObject({ limitKilobitsPerSecond: 900 });
  expect(told?.refused.map(({ cameraId, kind }) => [cameraId, kind])).toEqual([
    [second, 'sub'],
    [first, 'main'],
  ]);
  expect(told?.refused[0]?.message).toContain('The owner lets 0.9 Mbit/s leave this site');

  // A new uplink of the one that runs costs nothing more.
  await stream.start();
  await stream.untilMorePackets(30);
  await allow(null);
  const other = await stage.relay.start(second);
  await other.untilMorePackets(30);
  for (const one of [stream, other]) await one.stop();
});

test('UPL2 a limit that is lowered under what is sent ends what began last', async () => {
  const camera = await stage.addCamera();
  await allow(null);
  const stream = await stage.relay.start(camera);
  await stream.untilMorePackets(60);
  await waitFor('what is sent is measured', async () => ((await upload())?.sendingKilobitsPerSecond ?? 0) > 64);
  await allow(64);
  expect(await waitFor('its end', () => stream.stopReason)).toBe('uploadFull');
  await expect(stage.relay.start(camera)).rejects.toThrow('uploadFull');
  await allow(null);
});
