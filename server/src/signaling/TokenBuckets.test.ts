import { expect, it } from 'vitest';
import { TokenBuckets } from './TokenBuckets.ts';

it('keeps a bucket for each key, and forgets those that are full again', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets({ burst: 2, perSecond: 1 }, () => nowMs);
  expect([buckets.take('one'), buckets.take('one'), buckets.take('one')]).toEqual([true, true, false]);
  expect([buckets.take('two', 3), buckets.take('two', 2)]).toEqual([false, true]);
  for (let index = 0; index < 5_000; index += 1) {
    buckets.take(`other ${index}`);
    nowMs += 10;
  }
  expect(buckets.size).toBeLessThanOrEqual(1_000);
  expect(buckets.take('one', 2)).toBe(true);
});
