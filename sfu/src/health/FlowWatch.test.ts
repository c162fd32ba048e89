import type { ControlNotifications } from '@commonsight/types/control/control';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { FlowWatch, type WatchedUplink } from './FlowWatch.ts';

type FlowChanged = z.input<ControlNotifications['uplink:flowChanged']>;

const id = '0199aaaa-0000-7000-8000-000000000001';
let told: FlowChanged[];
let packets: number | null;
let uplinks: WatchedUplink[];
let watch: FlowWatch;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00.000Z') });
  told = [];
  packets = null;
  uplinks = [{ id, countPackets: async () => packets }];
  watch = new FlowWatch(
    () => uplinks,
    (_name, payload) => told.push(payload as FlowChanged),
  );
});
afterEach(() => {
  watch.close();
  vi.useRealTimers();
});

test('a stream flows from its first packet on and is stalled 1.2 s after its last', async () => {
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([]);
  packets = 5;
  await vi.advanceTimersByTimeAsync(500);
  expect(told).toEqual([{ uplinkId: id, isFlowing: true, since: '2026-01-01T00:00:03.500Z' }]);
  for (let second = 0; second < 4; second += 1) {
    packets += 1;
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.slice(1)).toEqual([{ uplinkId: id, isFlowing: false, since: '2026-01-01T00:00:07.000Z' }]);
  packets += 1;
  await vi.advanceTimersByTimeAsync(500);
  expect(told.slice(2)).toMatchObject([{ isFlowing: true }]);
});

test('a worker that does not answer is asked once and judged by nothing', async () => {
  packets = 1;
  await vi.advanceTimersByTimeAsync(500);
  const asked = vi.fn<WatchedUplink['countPackets']>(() => new Promise(() => {}));
  uplinks = [{ id, countPackets: asked }];
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(told).toHaveLength(1);
});

test('an uplink that goes while it is asked is told by nobody here', async () => {
  packets = 1;
  await vi.advanceTimersByTimeAsync(500);
  uplinks = [{ id, countPackets: () => Promise.reject(new Error('closed')) }];
  await vi.advanceTimersByTimeAsync(5_000);
  uplinks = [];
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toHaveLength(1);
});

test('a server that has just come is told what is the case, once', async () => {
  packets = 1;
  await vi.advanceTimersByTimeAsync(500);
  watch.tellAgain();
  packets = 2;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.map(({ isFlowing }) => isFlowing)).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(3_000);
  watch.tellAgain();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told.map(({ isFlowing }) => isFlowing)).toEqual([true, true, false, false]);
});
