import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CameraError } from '../rtsp/CameraError.ts';
import { type Attempt, RetrySupervisor } from './RetrySupervisor.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

const timings = { firstRetryMs: 500, longestRetryMs: 10_000, longestPasswordRetryMs: 60_000, stableAfterMs: 10_000 };
const log = { warn: () => undefined, debug: () => undefined };

/** A supervisor whose tries the test ends. */
function supervise() {
  const attempts: (Attempt & { atMs: number })[] = [];
  let end: (fault: CameraError['fault'], wellMs?: number) => void = () => undefined;
  const retry = new RetrySupervisor({
    timings,
    log,
    random: () => 1,
    onWaiting: () => undefined,
    attempt: (attempt) => {
      attempts.push({ ...attempt, atMs: Date.now() });
      const { promise, resolve } = Promise.withResolvers<{ error: CameraError; wellMs: number }>();
      end = (fault, wellMs = 0) => resolve({ error: new CameraError(fault), wellMs });
      attempt.signal.addEventListener('abort', () => end('connectionLost'));
      return promise;
    },
  });
  retry.start();
  return { retry, attempts, fail: (fault: CameraError['fault'], wellMs?: number) => end(fault, wellMs) };
}

test('pauses grow, and begin anew after a time that was well', async () => {
  const { attempts, fail } = supervise();
  for (const pauseMs of [500, 1_000, 2_000]) {
    fail('unreachable');
    await vi.advanceTimersByTimeAsync(pauseMs);
  }
  expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 500, 1_500, 3_500]);
  fail('connectionLost', 10_000);
  await vi.advanceTimersByTimeAsync(500);
  expect(attempts).toHaveLength(5);
});

test('what is opened anew is no failure, in the midst of a try and of a pause', async () => {
  const { retry, attempts, fail } = supervise();
  retry.reopen();
  await vi.advanceTimersByTimeAsync(0);
  expect(attempts).toHaveLength(2);
  expect(attempts[1]?.failure).toBeUndefined();
  fail('wrongPassword');
  await vi.advanceTimersByTimeAsync(100);
  retry.reopen();
  await vi.advanceTimersByTimeAsync(0);
  expect(attempts).toHaveLength(3);
});

test('closes once the try has ended, and tries no more', async () => {
  const { retry, attempts } = supervise();
  await retry.close();
  await retry.close();
  expect(retry.isClosed).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempts).toHaveLength(1);
});
