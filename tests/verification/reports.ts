import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { failedOnce, type Outcome } from './Check.ts';

const vitestSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

interface PlaywrightSuite {
  specs: {
    file: string;
    title: string;
    ok: boolean;
    tests: { results: { error?: { message?: string | undefined } | undefined }[] }[];
  }[];
  suites?: PlaywrightSuite[] | undefined;
}

const errorSchema = z.object({ message: z.string().optional() });

const playwrightSuiteSchema: z.ZodType<PlaywrightSuite> = z.object({
  specs: z.array(
    z.object({
      file: z.string(),
      title: z.string(),
      ok: z.boolean(),
      tests: z.array(z.object({ results: z.array(z.object({ error: errorSchema.optional() })) })),
    }),
  ),
  get suites() {
    return z.array(playwrightSuiteSchema).optional();
  },
});

const playwrightSchema = z.object({
  suites: z.array(playwrightSuiteSchema),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(errorSchema),
});

/** What a test runner counted, whichever it is. */
interface Tally {
  passed: number;
  failed: number;
  leftOut: number;
  /** Those that failed, each in a line. */
  failures: readonly string[];
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
      failures: testResults.flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === 'failed');
        if (failed.length > 0) return failed.map((test) => failure(name, test.fullName, test.failureMessages?.[0]));
        return broken.some((file) => file.name === name) ? [failure(name, 'the file', message)] : [];
      }),
      brokenOutsideTests: broken.length,
    },
    exitCode,
  );
}

export function outcomeOfPlaywright(report: unknown, exitCode: number | undefined): Outcome {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return failedOnce('It left no report.');
  const { suites, stats, errors } = parsed.data;
  return outcomeOf(
    {
      passed: stats.expected,
      // A test that passes only when it is tried again has failed.
      failed: stats.unexpected + stats.flaky,
      leftOut: stats.skipped,
      failures: [
        ...suites.flatMap(specsOf).flatMap(({ file, title, ok, tests }) => {
          const messages = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
          return ok ? [] : [failure(file, title, messages[0])];
        }),
        ...errors.map(({ message }) => failure('the run', 'outside of any test', message)),
      ],
      brokenOutsideTests: errors.length,
    },
    exitCode,
  );
}

/** A test that was left out counts as failed, and so does a run without tests or one that fails for no test's sake. */
function outcomeOf(
  { passed, failed, leftOut, failures: named, brokenOutsideTests }: Tally,
  exitCode: number | undefined,
): Outcome {
  const remarks = [...named];
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

function specsOf(suite: PlaywrightSuite): PlaywrightSuite['specs'] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** One line, without the colours and the stack that the runner has printed already. */
function failure(file: string, title: string, message = ''): string {
  const [line = ''] = stripVTControlCharacters(message).trim().split('\n');
  return `${basename(file)}: ${title}${line === '' ? '' : `: ${line}`}`;
}
