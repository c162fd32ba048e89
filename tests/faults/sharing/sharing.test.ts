import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../signalling/Random.ts';
import { changeTimes } from './changeTimes.ts';
import { forbiddenStarts } from './forbiddenStarts.ts';
import { forbiddenWays } from './forbiddenWays.ts';
import { hostileDocuments } from './hostileDocuments.ts';
import { SharingStage } from './SharingStage.ts';
import { tryDocuments } from './tryDocuments.ts';

// Each way once. How soon a change is felt over many runs is `pnpm faults`' business.
let stage: SharingStage;

beforeAll(async () => {
  stage = await SharingStage.open();
}, 600_000);

afterAll(() => stage?.close(), 60_000);

test('SHR2 forged, replayed, older and foreign documents change nothing, and of two devices at once one is told', async () => {
  const seed = Date.now() % 1_000_000;
  const documents = Object.keys(hostileDocuments).length;
  const report = await tryDocuments(stage, new Random(seed), documents);
  expect(report.findings, `seed ${seed}`).toEqual([]);
  expect(report.kinds.size).toBe(documents);
  expect(report.rounds).toBeGreaterThan(2);
}, 300_000);

test('SHR3 no packet leaves the relay against the owner’s word, in whatever way a server asks', async () => {
  const seed = Date.now() % 1_000_000;
  const report = await forbiddenStarts(stage, new Random(seed), forbiddenWays.length);
  expect(report.findings, `seed ${seed}`).toEqual([]);
  expect(report).toMatchObject({ packets: 0, pulls: 0 });
  expect(report.ways.size).toBe(forbiddenWays.length);
  expect(report.packetsWhenShared).toBeGreaterThan(0);
}, 600_000);

test('SHR3 a change ends what is watched', async () => {
  const times = await changeTimes(stage, new Random(1), 3);
  for (const { change, lastPacketMs } of times) expect(lastPacketMs, `after ${change}`).toBeLessThan(10_000);
}, 300_000);
