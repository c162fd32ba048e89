import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { openWatchedWorker, type WatchedWorker } from './watchedWorker.ts';

const checkIntervalMs = 100;
const opened: WatchedWorker[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((watched) => watched.close()));
});

async function open(onHang?: (pid: number) => void): Promise<WatchedWorker> {
  const watched = await openWatchedWorker({ checkIntervalMs, ...(onHang ? { onHang } : {}) });
  opened.push(watched);
  return watched;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a stopped worker is killed and dies like any other', async () => {
  const hung: number[] = [];
  const watched = await open((pid) => hung.push(pid));
  const died = once(watched.worker, 'died');
  process.kill(watched.pid, 'SIGSTOP');
  await died;
  expect(hung).toEqual([watched.pid]);
  expect(watched.worker.died).toBe(true);
});

test('a worker that answers is left alone while our own process stands still', async () => {
  const watched = await open(() => expect.unreachable('it does not hang'));
  // A timer as long as the check's runs right behind it: the question is out, the answer cannot be read.
  await new Promise<void>((resolve) => {
    setTimeout(() => {
      const standsStillUntil = performance.now() + 1_000;
      while (performance.now() < standsStillUntil);
      resolve();
    }, checkIntervalMs);
  });
  for (let round = 0; round < 3; round += 1) await watched.worker.getResourceUsage();
  expect(watched.worker.closed).toBe(false);
});

test('close ends the process, also a stopped one, and may be called again', async () => {
  const watched = await open();
  process.kill(watched.pid, 'SIGSTOP');
  await Promise.all([watched.close(), watched.close()]);
  expect(isRunning(watched.pid)).toBe(false);
  await watched.close();
});
