import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTicking } from './ticking.ts';

beforeEach(() => vi.useFakeTimers({ now: 10_000 }));
afterEach(() => vi.useRealTimers());

test('all listeners are told in one tick, and read the same time', () => {
  const ticking = createTicking(() => Date.now());
  const told: number[] = [];
  ticking.subscribe(() => told.push(ticking.read()));
  ticking.subscribe(() => told.push(ticking.read()));
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([11_000, 11_000]);
  expect(vi.getTimerCount()).toBe(1);
});

test('between ticks the time stands still, as React asks of a snapshot', () => {
  const ticking = createTicking(() => Date.now());
  ticking.subscribe(() => undefined);
  vi.advanceTimersByTime(900);
  expect(ticking.read()).toBe(10_000);
});

test('nothing ticks while nobody looks', () => {
  const ticking = createTicking(() => Date.now());
  const stop = ticking.subscribe(() => undefined);
  stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5000);
  ticking.subscribe(() => undefined);
  expect(ticking.read()).toBe(15_000);
});
