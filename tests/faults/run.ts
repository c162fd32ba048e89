// Command-line entry point, what `pnpm faults` runs: faults of the wall, or of one suite, with their figures.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { FaultRun } from './FaultRun.ts';
import { runWall } from './runWall.ts';
import { scenarios } from './scenarios.ts';
import { suites } from './suites.ts';

type Counts = Readonly<Record<string, string | undefined>>;

class UsageError extends Error {
  override name = 'UsageError';
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n${usage()}`);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<boolean> {
  const { values, positionals } = readArguments(args);
  const suite = suites[positionals[0] ?? ''];
  if (suite !== undefined) return runSuite(choose(suite, positionals.slice(1)), values);
  return runWall({ chosen: choose(scenarios, positionals), runs: count(values, 'runs', 3) });
}

async function runSuite(runs: readonly FaultRun[], values: Counts): Promise<boolean> {
  const counted = runs.map((one) => ({
    one,
    count: one.counted === undefined ? 1 : count(values, one.counted.option, one.counted.byDefault),
  }));
  const seed = count(values, 'seed', randomInt(1, 1_000_000));
  let isGood = true;
  for (const { one, count } of counted) {
    console.log(`\n${one.title}\n`);
    if (await one.run({ count, seed, progress: (line) => console.error(line) })) continue;
    console.log(`\n${one.name} did not hold.`);
    isGood = false;
  }
  return isGood;
}

function readArguments(args: string[]): { values: Counts; positionals: string[] } {
  const named = Object.values(suites).flatMap((runs) => runs.flatMap((one) => one.counted?.option ?? []));
  const options = Object.fromEntries(['runs', 'seed', ...named].map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function choose<T extends { name: string }>(all: readonly T[], names: readonly string[]): readonly T[] {
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) throw new UsageError(`There is no fault run ${unknown}.`);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function count(values: Counts, option: string, byDefault: number): number {
  const number = Number(values[option] ?? byDefault);
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`--${option} takes a number from 1 on.`);
  return number;
}

function usage(): string {
  const lines = ['Usage:', `  pnpm faults [--runs N] [${scenarios.map(({ name }) => name).join(' | ')}]...`];
  for (const [name, runs] of Object.entries(suites)) {
    lines.push(`  pnpm faults ${name} [--seed N] [NAME]...`);
    for (const { name, title, counted } of runs) {
      const option = counted === undefined ? '' : ` (--${counted.option} ${counted.byDefault})`;
      lines.push(`    ${name.padEnd(12)} ${title}${option}`);
    }
  }
  return lines.join('\n');
}
