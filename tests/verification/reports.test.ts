import { expect, test } from 'vitest';
import { outcomeOfPlaywright, outcomeOfVitest } from './reports.ts';

const vitest = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'adds' }] }],
};
const playwright = { suites: [], stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

test("a runner's own numbers are taken over", () => {
  expect(outcomeOfVitest(vitest, 0)).toEqual({ passed: 3, failed: 0, remarks: [] });
  expect(outcomeOfVitest({ ...vitest, numFailedTests: 2 }, 1)).toEqual({ passed: 3, failed: 2, remarks: [] });
  expect(outcomeOfPlaywright(playwright, 0)).toEqual({ passed: 2, failed: 0, remarks: [] });
});

test('what failed is named, each in a line', () => {
  const assertion = {
    status: 'failed',
    fullName: 'adds up',
    failureMessages: ['\u001b[31mExpected 1\u001b[39m\n  at x'],
  };
  const file = { name: '/some/where/b.test.ts', status: 'failed', assertionResults: [assertion] };
  expect(outcomeOfVitest({ ...vitest, numFailedTests: 1, testResults: [file] }, 1).remarks).toEqual([
    'b.test.ts: adds up: Expected 1',
  ]);
  const spec = (title: string, ok: boolean) => ({
    file: 'wall.spec.ts',
    title,
    ok,
    tests: [{ results: [ok ? {} : { error: { message: 'Not visible\nCall log' } }] }],
  });
  const suites = [{ specs: [spec('opens', true)], suites: [{ specs: [spec('closes', false)] }] }];
  expect(outcomeOfPlaywright({ ...playwright, suites, stats: { ...playwright.stats, unexpected: 1 } }, 1)).toEqual({
    passed: 2,
    failed: 1,
    remarks: ['wall.spec.ts: closes: Not visible'],
  });
});

test('a run without a test is a failure', () => {
  const empty = { ...vitest, numPassedTests: 0, testResults: [] };
  expect(outcomeOfVitest(empty, 0)).toEqual({ passed: 0, failed: 1, remarks: ['It ran no test.'] });
});

test('a test that was left out is a failure', () => {
  expect(outcomeOfVitest({ ...vitest, numPendingTests: 1, numTodoTests: 1 }, 0).failed).toBe(2);
  expect(outcomeOfPlaywright({ ...playwright, stats: { ...playwright.stats, skipped: 1 } }, 0).failed).toBe(1);
});

test('a test that passed at the second try is a failure', () => {
  expect(outcomeOfPlaywright({ ...playwright, stats: { ...playwright.stats, flaky: 1 } }, 0).failed).toBe(1);
});

test('a file that does not load is a failure', () => {
  const broken = { name: 'b.test.ts', status: 'failed', assertionResults: [] };
  expect(outcomeOfVitest({ ...vitest, testResults: [...vitest.testResults, broken] }, 1).failed).toBe(1);
  expect(outcomeOfPlaywright({ ...playwright, errors: [{ message: 'no stack' }] }, 1).failed).toBe(1);
});

test('a run that fails though every test passed is a failure, and so is one without a report', () => {
  expect(outcomeOfVitest(vitest, 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(outcomeOfVitest(vitest, undefined)).toMatchObject({ passed: 3, failed: 1 });
  expect(outcomeOfVitest(undefined, 0)).toEqual({ passed: 0, failed: 1, remarks: ['It left no report.'] });
  expect(outcomeOfPlaywright({}, 0).failed).toBe(1);
});
