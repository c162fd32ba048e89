import { expect, test } from 'vitest';
import { UploadLocker } from './UploadLocker.ts';

const nothing = (): void => undefined;
const open = new AbortController().signal;

test('one request has an upload at a time, and who waits asks it to come to its end', async () => {
  const locker = new UploadLocker();
  const [first, second, third] = [locker.newLock('a'), locker.newLock('a'), locker.newLock('a')];
  const order: string[] = [];
  let asked = 0;
  await first.lock(open, () => {
    asked += 1;
  });
  const others = [second, third].map(async (lock, at) => {
    await lock.lock(open, nothing);
    order.push(`${at} has it`);
    await Promise.resolve();
    order.push(`${at} ends`);
    await lock.unlock();
  });
  await locker.newLock('b').lock(open, nothing);
  await expect.poll(() => asked).toBe(2);
  expect(order).toEqual([]);
  await first.unlock();
  await Promise.all(others);
  expect(order).toEqual(['0 has it', '0 ends', '1 has it', '1 ends']);
});

test('who waits in vain is told so, and leaves the lock as it was', async () => {
  const locker = new UploadLocker({ mostWaitMs: 1 });
  const first = locker.newLock('a');
  await first.lock(open, nothing);
  await expect(locker.newLock('a').lock(open, nothing)).rejects.toMatchObject({ code: 'timedOut' });
  const over = AbortSignal.abort();
  await expect(new UploadLocker().newLock('a').lock(over, nothing)).resolves.toBeUndefined();
  await expect(locker.newLock('a').lock(over, nothing)).rejects.toMatchObject({ code: 'timedOut' });
  await first.unlock();
  await locker.newLock('a').lock(open, nothing);
});
