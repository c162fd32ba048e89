import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFileLock } from './fileLock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the second waits, says so, and goes on when the first is done', async () => {
  const lockFile = join(folder, 'deep', 'key.lock');
  const order: string[] = [];
  const first = await takeFileLock(lockFile, () => order.push('first waits'));
  const waiting = Promise.withResolvers<void>();
  const second = takeFileLock(lockFile, () => {
    order.push('second waits');
    waiting.resolve();
  }).then((lock) => {
    order.push('second holds');
    return lock;
  });
  await waiting.promise;
  order.push('first releases');
  await first.release();
  await (await second).release();
  expect(order).toEqual(['second waits', 'first releases', 'second holds']);
});

test('a lock file that cannot be made is an error that names it', async () => {
  await expect(takeFileLock(folder, () => {})).resolves.toBeDefined();
  await expect(takeFileLock('/proc/key.lock', () => {})).rejects.toThrow('/proc/key.lock');
});

test('who does not want to wait is told that the lock is held', async () => {
  const lockFile = join(folder, 'key.lock');
  const first = await takeFileLock(lockFile, 'fail');
  expect(first).toBeDefined();
  expect(await takeFileLock(lockFile, 'fail')).toBeUndefined();
  await first?.release();
  const second = await takeFileLock(lockFile, 'fail');
  expect(second).toBeDefined();
  await second?.release();
});
