import { expect, test } from 'vitest';
import { runAddresses } from './runAddresses.ts';

test('F18 no hostile camera address leads a relay to a canary, and no good camera is refused', async () => {
  const seed = Date.now() % 1_000_000;
  const report = await runAddresses({ cases: 200, seed });
  console.log(
    `Seed ${seed}, ${report.isIsolated ? 'every address' : 'loopback alone'}: ${JSON.stringify(report.counts)}`,
  );
  expect(report.reached, `seed ${seed}`).toEqual([]);
  expect(report.goodRefused, `seed ${seed}`).toEqual([]);
  expect(report.undecided, `seed ${seed}`).toEqual([]);
  // Each of these is an address that was entered; those of ONVIF answers come on top where there is a network to try them.
  const devices = report.isIsolated ? 50 : 0;
  expect(Object.values(report.counts).reduce((sum, count) => sum + count, 0)).toBe(200 + devices);
}, 300_000);
