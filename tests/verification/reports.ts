import { z } from 'zod';
import { failedOnce, type Outcome } from './Check.ts';

const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** What a test runner counted, whichever it is. */
interface Tally {
  passed: number;
  failed: number;
  leftOut: number;
  /** Failures outside of any test: a file that does not load, a set-up that throws. */
  brokenOutsideTests: number;
}

export function outcomeOfVitest(report: unknown, exitCode: number | undefined): Outcome {
  const parsed = vitestSchema.safeParse(report);
  if (!parsed.success) return failedOnce('It left no report.');
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return outcomeOf(
    {
      passed: numPassedTests,
      failed: numFailedTests,
      leftOut: numPendingTests + numTodoTests,
      brokenOutsideTests: broken.length,
    },
    exitCode,
  );
}

export function outcomeOfPlaywright(report: unknown, exitCode: number | undefined): Outcome {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return failedOnce('It left no report.');
  const { stats, errors } = parsed.data;
  return outcomeOf(
    {
      passed: stats.expected,
      // A test that passes only when it is tried again has failed.
      failed: stats.unexpected + stats.flaky,
      leftOut: stats.skipped,
      brokenOutsideTests: errors.length,
    },
    exitCode,
  );
}

/** A test that was left out counts as failed, and so does a run without tests or one that fails for no test's sake. */
function outcomeOf({ passed, failed, leftOut, brokenOutsideTests }: Tally, exitCode: number | undefined): Outcome {
  const remarks: string[] = [];
  let failures = failed + leftOut + brokenOutsideTests;
  if (leftOut > 0) remarks.push(`${leftOut} tests were left out.`);
  if (brokenOutsideTests > 0) remarks.push(`${brokenOutsideTests} failures outside of any test.`);
  if (passed + failures === 0) {
    remarks.push('It ran no test.');
    failures = 1;
  }
  if (failures === 0 && exitCode !== 0) {
    remarks.push(`Every test passed, but the run ended with ${exitCode ?? 'no exit code'}.`);
    failures = 1;
  }
  return { passed, failed: failures, remarks };
}
