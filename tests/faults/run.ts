// Command-line entry point, what `pnpm faults` runs: kills each part in turn and prints how long the wall needed.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { median } from '../support/statistics.ts';
import { prepare } from '../training/prepare.ts';
import { startStack } from '../training/startStack.ts';
import { runAudit } from './audit/runAudit.ts';
import { type FaultResult, scenarios } from './scenarios.ts';
import { WatchedWall } from './WatchedWall.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' }, kills: { type: 'string', default: '1000' } },
});
if (positionals[0] === 'audit') process.exit(await runAudit({ only: positionals[1], kills: options.kills }));
const runs = Number(options.runs);
const unknown = positionals.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (!Number.isInteger(runs) || runs < 1 || unknown.length > 0) {
  console.error(
    `Usage: pnpm faults audit [kills | packets] [--kills N] | [--runs N] [${scenarios.map(({ name }) => name).join(' | ')}]...`,
  );
  process.exit(1);
}
const chosen = positionals.length === 0 ? scenarios : scenarios.filter(({ name }) => positionals.includes(name));

const progress = (line: string): void => console.error(line);
await ensureSystemPackages(systemPackages.browser, progress);
const folder = await mkdtemp(join(tmpdir(), 'commonsight-faults-'));
const { clientFolder } = await prepare({ progress, signal: new AbortController().signal });
const stack = await startStack({ folder, clientFolder, progress });
try {
  const wall = await WatchedWall.open(stack);
  try {
    const results = new Map<string, FaultResult[]>();
    for (let run = 1; run <= runs; run += 1) {
      for (const scenario of chosen) {
        progress(`Run ${run} of ${runs}: ${scenario.title}`);
        const result = await scenario.run(stack, wall);
        results.set(scenario.name, [...(results.get(scenario.name) ?? []), result]);
      }
    }
    print(results);
  } finally {
    await wall.close();
  }
} finally {
  await stack.close();
  await rm(folder, { recursive: true });
}

function print(results: ReadonlyMap<string, readonly FaultResult[]>): void {
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `\nNine tiles, ${runs} runs each, ${availableParallelism()} cores, load ${load}; the worst tile counts.\n`,
  );
  console.log('| Fault | Figure | Median | Least to most |');
  console.log('|---|---|---|---|');
  for (const scenario of chosen) {
    const all = results.get(scenario.name) ?? [];
    for (const figure of Object.keys(all[0] ?? {})) {
      const values = all.map((result) => result[figure] ?? Number.NaN);
      const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
      const spread = `${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`;
      console.log(`| ${scenario.title} | ${figure} | ${seconds(median(values))} | ${spread} |`);
    }
  }
}
