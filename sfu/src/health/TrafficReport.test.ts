import type { ViewingTraffic } from '@commonsight/types/viewing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CountedConsumer, TrafficReport } from './TrafficReport.ts';

let told: unknown[];
let consumers: CountedConsumer[];
let report: TrafficReport;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  consumers = [];
  report = new TrafficReport(
    () => consumers,
    (name, payload) => told.push({ name, payload }),
  );
});
afterEach(() => {
  report.close();
  vi.useRealTimers();
});

const trafficOf = (viewingId: string): ViewingTraffic => ({ viewingId, packets: 1, bytes: 2, packetsPerSecond: 3 });

test('once a second one notification has the numbers of all', async () => {
  consumers = ['a', 'b'].map((viewingId) => ({ sampleTraffic: async () => trafficOf(viewingId) }));
  await vi.advanceTimersByTimeAsync(2_000);
  const batch = { name: 'consumer:traffic', payload: { traffic: [trafficOf('a'), trafficOf('b')] } };
  expect(told).toEqual([batch, batch]);
});

test('a consumer that does not answer or is gone keeps back nobody', async () => {
  consumers = [
    { sampleTraffic: () => new Promise(() => {}) },
    { sampleTraffic: () => Promise.reject(new Error('closed')) },
    { sampleTraffic: async () => trafficOf('c') },
  ];
  await vi.advanceTimersByTimeAsync(1_500);
  expect(told).toEqual([{ name: 'consumer:traffic', payload: { traffic: [trafficOf('c')] } }]);
});

test('without consumers nothing is told', async () => {
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toEqual([]);
});
