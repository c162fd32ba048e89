import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerStage } from '../ServerStage.ts';
import { runFlood } from './runFlood.ts';

let stage: ServerStage;

beforeAll(async () => {
  stage = await ServerStage.open();
}, 200_000);

afterAll(() => stage?.close(), 30_000);

test('MSG8 MSG9 an account that floods is limited, and the others are served', async () => {
  const { pid } = stage;
  const report = await runFlood({ url: stage.url, users: stage.stack.users, perSecond: 5_000, seconds: 4 });
  console.log(JSON.stringify(report.counts));
  const { counts, flooded } = report;
  const count = (...keys: string[]) => keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  // Told so, cut off with what was under way, or kept out.
  const limited = ['socket: tooManyRequests', 'socket: not answered', 'socket: not connected', 'HTTP 429'];
  expect(count(...limited)).toBeGreaterThan(1_000);
  expect(count('socket: served', 'HTTP 200')).toBeLessThan(count('sent') / 2);
  expect(flooded.failed).toBe(0);
  expect(flooded.changeMs.length).toBeGreaterThan(3);
  expect(stage.pid).toBe(pid);
  expect(await stage.errorLines()).toEqual([]);
}, 300_000);
