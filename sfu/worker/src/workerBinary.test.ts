import { expect, test } from 'vitest';
import { workerBinary } from './workerBinary.ts';

test('a worker that is named goes before the cache', () => {
  expect(workerBinary({ MEDIASOUP_WORKER_BIN: process.execPath })).toBe(process.execPath);
});

test('a named worker that is not there is an error, not a reason to take another', () => {
  expect(() => workerBinary({ MEDIASOUP_WORKER_BIN: '/no/such/worker' })).toThrow('/no/such/worker');
});

test('without a worker the error says which command gets one', () => {
  expect(() => workerBinary({ COMMONSIGHT_CACHE_DIR: '/no/such/cache' })).toThrow(
    'pnpm --filter @commonsight/worker get',
  );
});
