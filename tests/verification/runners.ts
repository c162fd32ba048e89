import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutFolder } from '../training/folders.ts';
import { type Check, failedOnce, type Outcome, passedOnce } from './Check.ts';
import { outcomeOfPlaywright, outcomeOfVitest } from './reports.ts';
import { runCommand } from './runCommand.ts';

const minuteMs = 60_000;

/** A tool of the root that is right or wrong as a whole. */
export function toolCheck(title: string, tool: string, ...args: string[]): Check {
  return {
    title,
    async run() {
      const program = join(checkoutFolder, 'node_modules/.bin', tool);
      const exitCode = await runCommand({ program, args, cwd: checkoutFolder, timeoutMs: 10 * minuteMs });
      return exitCode === 0 ? passedOnce : failedOnce(`${tool} ended with ${exitCode ?? 'no exit code'}.`);
    },
  };
}

/** The vitest of a package, on the tests that the filters name or on all of them. */
export function vitestCheck(title: string, folder: string, ...args: string[]): Check {
  return {
    title,
    run: () =>
      withReport(outcomeOfVitest, (reportFile) =>
        runCommand({
          program: join(checkoutFolder, folder, 'node_modules/.bin/vitest'),
          args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...args],
          cwd: join(checkoutFolder, folder),
          timeoutMs: 40 * minuteMs,
        }),
      ),
  };
}

export function playwrightCheck(title: string, config: string): Check {
  return {
    title,
    run: () =>
      withReport(outcomeOfPlaywright, (reportFile) =>
        runCommand({
          program: join(checkoutFolder, 'tests/node_modules/.bin/playwright'),
          args: ['test', '--config', config, '--reporter=list,json'],
          cwd: join(checkoutFolder, 'tests'),
          env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
          timeoutMs: 60 * minuteMs,
        }),
      ),
  };
}

/** Something of our own that throws when it goes wrong. */
export function stepCheck(title: string, step: () => Promise<unknown>): Check {
  return {
    title,
    async run() {
      try {
        await step();
        return passedOnce;
      } catch (error) {
        return failedOnce(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

async function withReport(
  read: (report: unknown, exitCode: number | undefined) => Outcome,
  run: (reportFile: string) => Promise<number | undefined>,
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'commonsight-report-'));
  const reportFile = join(folder, 'report.json');
  try {
    const exitCode = await run(reportFile);
    return read(await readJson(reportFile), exitCode);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}
