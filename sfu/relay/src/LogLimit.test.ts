import { expect, test } from 'vitest';
import { LogLimit } from './LogLimit.ts';

test('thirty lines a minute are written, and the next one says how many were not', () => {
  const limit = new LogLimit();
  const written: (number | undefined)[] = [];
  const logAt = (nowMs: number) => limit.log(({ leftOut }) => void written.push(leftOut), nowMs);
  for (let line = 0; line < 1_000; line += 1) logAt(line);
  expect(written).toEqual(Array.from({ length: 30 }, () => undefined));
  logAt(59_999);
  logAt(60_000);
  logAt(60_001);
  expect(written.slice(30)).toEqual([971, undefined]);
});
