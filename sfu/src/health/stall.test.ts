import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestStage } from '../testing/TestStage.ts';

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.open();
});
afterEach(() => stage.close());

test('an uplink whose relay stops sending is told as not flowing, and as flowing when it sends again', async () => {
  const { uplinkId, stream } = await stage.openUplink();
  await stage.server.waitForTold('uplink:flowChanged', (told) => told.uplinkId === uplinkId && told.isFlowing);
  stream.stop();
  const stalled = await stage.server.waitForTold('uplink:flowChanged', ({ isFlowing }) => !isFlowing);
  stream.start();
  await expect.poll(() => stage.server.told('uplink:flowChanged').length, { timeout: 20_000 }).toBe(3);
  const resumed = stage.server.told('uplink:flowChanged').at(-1);
  expect(resumed).toMatchObject({ uplinkId, isFlowing: true });
  expect(Date.parse(resumed?.since ?? '')).toBeGreaterThan(Date.parse(stalled.since));
});
