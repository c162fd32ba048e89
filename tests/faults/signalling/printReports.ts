import { availableParallelism, loadavg } from 'node:os';
import { quantile } from '../../support/statistics.ts';
import type { AddressReport } from './addresses/AddressReport.ts';
import type { RoundTrips } from './Bystander.ts';
import type { ConvergenceReport } from './convergence/runConvergence.ts';
import type { FloodedWallReport } from './flood/floodedWall.ts';
import type { MalformedReport } from './malformed/runMalformed.ts';
import { printMachine } from '../printMachine.ts';

export function printMalformed(report: MalformedReport): void {
  const { messages, counts, attackMs, memoryBefore, memoryAfter, errorLines } = report;
  printCounts('Way in and what came of it', 'Messages', counts);
  console.log(`\n${messages} messages in ${(attackMs / 1000).toFixed(0)} s.`);
  printRoundTrips([
    ['quiet, in between', report.quiet],
    ['under attack', report.attacked],
  ]);
  const growth = ((memoryAfter / memoryBefore - 1) * 100).toFixed(1);
  console.log(`\nMemory ${memoryBefore.toFixed(0)} MB before, ${memoryAfter.toFixed(0)} MB after: ${growth} %.`);
  console.log(`The server is ${report.isSameProcess ? 'the same process as before' : 'ANOTHER PROCESS THAN BEFORE'}.`);
  console.log(`Lines in its log that say it gave something up: ${errorLines.length}.`);
  for (const line of errorLines.slice(0, 5)) console.log(line.slice(0, 600));
}

export function printAddresses(report: AddressReport, seed: number): void {
  printCounts('Kind of address and what came of it', 'Cases', report.counts);
  const where = report.isIsolated
    ? 'In a network of its own, where every address of both families leads to a canary.'
    : 'This machine allows no network of one’s own (unshare --net): only what would reach loopback was tried.';
  console.log(`\n${where}`);
  console.log(`${report.cases} cases; canaries reached: ${report.reached.length}.`);
  console.log(`Good cameras refused: ${report.goodRefused.length}; undecided: ${report.undecided.length}.`);
  const wrong = [...report.reached, ...report.goodRefused, ...report.undecided];
  for (const words of wrong.slice(0, 10)) console.log(words);
  printMachine(seed);
}

export function printConvergence({ histories, results, serverKills, redisEmptied, failed }: ConvergenceReport): void {
  const outcomes: Record<string, number> = {};
  for (const result of results) {
    for (const [key, count] of Object.entries(result.outcomes)) outcomes[key] = (outcomes[key] ?? 0) + count;
  }
  printCounts('What the windows were told', 'Requests', outcomes);
  const steps = results.reduce((sum, result) => sum + result.steps, 0);
  console.log('\n| Histories | Steps | Server killed | Redis emptied | Histories that did not converge |');
  console.log('|---|---|---|---|---|');
  console.log(`| ${histories} | ${steps} | ${serverKills} | ${redisEmptied} | ${failed.length} |`);
  const settled = results.map(({ settledAfterMs }) => settledAfterMs);
  console.log(`\nThe same everywhere ${words(quantile(settled, 0.5))} after the last change, median; `);
  console.log(`99th percentile ${words(quantile(settled, 0.99))}.`);
  for (const { seed, difference } of failed) console.log(`--histories 1 --seed ${seed}: ${difference}`);
}

export function printFlood(report: FloodedWallReport): void {
  printCounts('What came of the flood', 'Messages', report.counts);
  const rate = (report.counts['sent'] ?? 0) / report.seconds;
  console.log(`\n${rate.toFixed(0)} messages a second for ${report.seconds} s, ${report.perSecond} were wanted.`);
  printRoundTrips([
    ['before', report.quiet],
    ['during the flood', report.flooded],
  ]);
  console.log('\n| Nine tiles | Frames a second, least to most | Longest pause |');
  console.log('|---|---|---|');
  for (const [title, tiles] of Object.entries(report.tiles)) {
    const rates = tiles.map(({ framesPerSecond }) => framesPerSecond);
    const pause = Math.max(...tiles.map(({ longestGapMs }) => longestGapMs));
    console.log(
      `| ${title} | ${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)} | ${words(pause)} |`,
    );
  }
  console.log(`\n${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
}

function printCounts(title: string, of: string, counts: Readonly<Record<string, number>>): void {
  console.log(`| ${title} | ${of} |\n|---|---|`);
  for (const [key, count] of Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`| ${key} | ${count} |`);
  }
}

function printRoundTrips(rows: readonly (readonly [title: string, trips: RoundTrips])[]): void {
  console.log(
    '\n| Somebody else’s round trips | Clock: p50 | p99 | most | Wall change: p50 | p99 | most | Not served |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const [title, { clockMs, changeMs, failed }] of rows) {
    const parts = [clockMs, changeMs].flatMap((values) => [0.5, 0.99, 1].map((part) => words(quantile(values, part))));
    console.log(`| ${title}: ${clockMs.length + changeMs.length} | ${parts.join(' | ')} | ${failed} |`);
  }
}

const words = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
