import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerStage } from '../ServerStage.ts';
import { runMalformed } from './runMalformed.ts';

// A short run. How quick everybody else is served meanwhile is `pnpm faults`' business.
let stage: ServerStage;

beforeAll(async () => {
  stage = await ServerStage.open();
}, 200_000);

afterAll(() => stage?.close(), 30_000);

test('F17 MSG3 MSG4 the server outlives malformed messages of every kind, and serves the others meanwhile', async () => {
  const seed = Date.now() % 1_000_000;
  const report = await runMalformed(stage, { messages: 500, seed });
  console.log(`Seed ${seed}: ${JSON.stringify(report.counts)}`);
  expect(report.errorLines).toEqual([]);
  expect(report.isSameProcess).toBe(true);
  expect(report.attacked.failed).toBe(0);
  expect(report.attacked.changeMs.length).toBeGreaterThan(3);
  const kinds = ['socket requests', 'HTTP routes', 'links', 'packets', 'bytes'];
  const seen = Object.keys(report.counts);
  expect(kinds.filter((kind) => !seen.some((key) => key.startsWith(kind)))).toEqual([]);
  const holes = ['let in without a proof', 'never over', 'not answered', 'left waiting', 'HTTP 500'];
  expect(seen.filter((key) => holes.some((hole) => key.endsWith(hole)))).toEqual([]);
}, 300_000);
