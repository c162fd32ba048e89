import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../setup/systemPackages.ts';
import { median } from '../support/statistics.ts';
import { prepare } from '../training/prepare.ts';
import { startStack } from '../training/startStack.ts';
import type { FaultResult, FaultScenario } from './scenarios.ts';
import { WatchedWall } from './WatchedWall.ts';

interface WallRuns {
  chosen: readonly FaultScenario[];
  /** Of each. */
  runs: number;
}

/** Kills each part in turn under a wall and prints how long it needed. */
export async function runWall({ chosen, runs }: WallRuns): Promise<boolean> {
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
      print(results, { chosen, runs });
    } finally {
      await wall.close();
    }
  } finally {
    await stack.close();
    await rm(folder, { recursive: true });
  }
  return true;
}

function print(results: ReadonlyMap<string, readonly FaultResult[]>, { chosen, runs }: WallRuns): void {
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
