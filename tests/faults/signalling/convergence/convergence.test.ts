import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerStage } from '../ServerStage.ts';
import { runConvergence } from './runConvergence.ts';

let stage: ServerStage;

beforeAll(async () => {
  stage = await ServerStage.open();
}, 200_000);

afterAll(() => stage?.close(), 30_000);

test('F20 WAL1 WAL2 WAL6 windows that lose their connection come to show what the record holds', async () => {
  const seed = Date.now() % 1_000_000;
  const report = await runConvergence(stage, { histories: 12, seed, shares: { killServer: 0, emptyRedis: 0.3 } });
  expect(report.failed, `seed ${seed}`).toEqual([]);
  expect(report.results).toHaveLength(12);
  expect(report.results.some(({ outcomes }) => (outcomes['ok'] ?? 0) > 5)).toBe(true);
}, 300_000);

test('F20 ... also when the server is killed in between', async () => {
  const seed = Date.now() % 1_000_000;
  const report = await runConvergence(stage, { histories: 2, seed, shares: { killServer: 1, emptyRedis: 0 } });
  expect(report.failed, `seed ${seed}`).toEqual([]);
  expect(report.serverKills).toBeGreaterThan(0);
}, 300_000);
