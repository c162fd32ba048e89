import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { RepeatingJob } from './RepeatingJob.ts';

const logger = createLogger('silent');
let job: RepeatingJob | null = null;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(async () => {
  await job?.close();
  vi.useRealTimers();
});

function start(run: () => Promise<number>): RepeatingJob {
  job = RepeatingJob.create({ name: 'test', run, retryMs: 500, logger });
  return job;
}

test('runs at once and then when it asked to', async () => {
  let runs = 0;
  start(() => Promise.resolve(1_000 * (runs += 1)));
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(2);
});

test('tries again after a failure', async () => {
  let runs = 0;
  start(() => {
    runs += 1;
    return Promise.reject(new Error('the database is gone'));
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toBe(3);
});

test('woken while it runs, it runs once more and never twice at once', async () => {
  let running = 0;
  let runs = 0;
  const repeating = start(async () => {
    running += 1;
    runs += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    running -= 1;
    return 60_000;
  });
  repeating.wake();
  repeating.wake();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toBe(2);
});

test('closed, it does not run any more', async () => {
  let runs = 0;
  const repeating = start(() => {
    runs += 1;
    return Promise.resolve(10);
  });
  await vi.advanceTimersByTimeAsync(0);
  await repeating.close();
  repeating.wake();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toBe(1);
});

test('every so often: at once, and again after the same time, also when it fails', async () => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    if (runs === 2) throw new Error('once');
  };
  job = RepeatingJob.every(300, 'test', { logger, run });
  for (const expected of [1, 2, 3]) {
    await vi.advanceTimersByTimeAsync(expected === 1 ? 0 : 300);
    expect(runs).toBe(expected);
  }
});
