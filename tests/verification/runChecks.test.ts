import { expect, test } from 'vitest';
import { passedOnce } from './Check.ts';
import { runChecks } from './runChecks.ts';
import { stepCheck } from './runners.ts';

test('it goes on after a failure, sums up, and closes with the count', async () => {
  const lines: string[] = [];
  const checks = [
    stepCheck('Set-up', () => Promise.reject(new Error('no packages'))),
    { title: 'Tests', run: () => Promise.resolve({ passed: 5, failed: 2, remarks: ['a.test.ts: adds'] }) },
    { title: 'Lint', run: () => Promise.resolve(passedOnce) },
  ];
  expect(await runChecks(checks, (line) => lines.push(line))).toMatchObject({ passed: 6, failed: 3 });
  expect(lines.slice(-5)).toEqual([
    'Failed: Set-up (1)',
    '  no packages',
    'Failed: Tests (2)',
    '  a.test.ts: adds',
    '6 passed, 3 failed',
  ]);
  expect(lines).toContain('no packages');
  expect(lines.some((line) => /^--- Lint: 1 passed, 0 failed, \d+\.\d s$/.test(line))).toBe(true);
});
