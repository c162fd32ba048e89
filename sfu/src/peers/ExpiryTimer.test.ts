import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ExpiryTimer } from './ExpiryTimer.ts';

const dayMs = 24 * 60 * 60 * 1_000;
let expired: number[];
const onExpired = () => expired.push(Date.now());

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  expired = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test('CON4 an end that setTimeout cannot wait for is kept all the same', () => {
  const expiresAtMs = Date.now() + 40 * dayMs;
  const timer = new ExpiryTimer(expiresAtMs, onExpired);
  expect(timer.expiresAtMs).toBe(expiresAtMs);
  vi.advanceTimersByTime(40 * dayMs - 1);
  expect(expired).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(expired).toEqual([expiresAtMs]);
});

test('the end can be moved both ways until it is there', () => {
  const timer = new ExpiryTimer(Date.now() + 5_000, onExpired);
  timer.move(Date.now() + 90_000);
  vi.advanceTimersByTime(89_999);
  expect(expired).toEqual([]);
  timer.move(Date.now() - 1);
  vi.advanceTimersByTime(0);
  expect(expired).toHaveLength(1);
  timer.move(Date.now() + 1);
  vi.advanceTimersByTime(dayMs);
  expect(expired).toHaveLength(1);
});

test('a clock that is set forward brings the end nearer', () => {
  const timer = new ExpiryTimer(Date.now() + dayMs, onExpired);
  vi.setSystemTime(timer.expiresAtMs);
  vi.advanceTimersByTime(60_000);
  expect(expired).toHaveLength(1);
});

test('stopped is stopped', () => {
  new ExpiryTimer(Date.now() + 1_000, onExpired).stop();
  vi.advanceTimersByTime(dayMs);
  expect(expired).toEqual([]);
});
