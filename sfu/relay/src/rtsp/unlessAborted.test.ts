import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from './unlessAborted.ts';

const never = new Promise<string>(() => undefined);

test('gives what the work gives, and forgets the signal', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve('done'), signal)).toBe('done');
  await expect(unlessAborted(Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('does not wait for work that nobody wants any more', async () => {
  const abort = new AbortController();
  const waiting = unlessAborted(never, abort.signal);
  abort.abort(new Error('ended'));
  await expect(waiting).rejects.toThrow('ended');
  await expect(unlessAborted(never, abort.signal)).rejects.toThrow('ended');
  // What fails later is nobody's, and no unhandled rejection.
  await expect(unlessAborted(Promise.reject(new Error('failed')), abort.signal)).rejects.toThrow(/ended|failed/);
});
