import { join } from 'node:path';
import { ensureSystemPackages, systemPackages } from '../../setup/systemPackages.ts';
import { checkoutFolder } from '../../training/folders.ts';
import { runCommand } from '../../verification/runCommand.ts';
import type { FaultRun } from '../FaultRun.ts';
import { onStage } from '../onStage.ts';
import { runAddresses } from './addresses/runAddresses.ts';
import { runConvergence } from './convergence/runConvergence.ts';
import { floodedWall } from './flood/floodedWall.ts';
import { runMalformed } from './malformed/runMalformed.ts';
import { printAddresses, printConvergence, printFlood, printMalformed } from './printReports.ts';
import { ServerStage } from './ServerStage.ts';

/** Share of the histories in which the server is killed, and Redis emptied. */
const historyFaults = { killServer: 0.02, emptyRedis: 0.1 };
const matrixTimeoutMs = 600_000;

/** Figures F17 to F20 and the flood: what the server's and the relay's doors stand. */
export const signallingRuns: readonly FaultRun[] = [
  {
    name: 'malformed',
    title: 'Malformed messages by every way in; the server lives and serves the others',
    counted: { option: 'messages', byDefault: 10_000 },
    run: (context) =>
      onStage(
        context,
        () => ServerStage.open(),
        async (stage) => {
          const report = await runMalformed(stage, { ...context, messages: context.count });
          printMalformed(report);
          return report.isSameProcess && report.errorLines.length === 0;
        },
      ),
  },
  {
    name: 'addresses',
    title: 'Hostile camera addresses are given to a relay; none reaches a canary, and no good one is refused',
    counted: { option: 'addresses', byDefault: 10_000 },
    run: async ({ count, seed }) => {
      const report = await runAddresses({ cases: count, seed });
      printAddresses(report, seed);
      return report.reached.length + report.goodRefused.length + report.undecided.length === 0;
    },
  },
  {
    name: 'matrix',
    title: 'Every route and message x role x agency x owner; answers are looked through for foreign ids',
    run: async ({ progress }) => {
      await ensureSystemPackages(systemPackages.run, progress);
      const folder = join(checkoutFolder, 'server');
      const program = join(folder, 'node_modules/.bin/vitest');
      return (
        (await runCommand({ program, args: ['run', 'src/matrix'], cwd: folder, timeoutMs: matrixTimeoutMs })) === 0
      );
    },
  },
  {
    name: 'convergence',
    title: 'Windows change a wall while connections break, requests come twice and parts die; all show the record',
    counted: { option: 'histories', byDefault: 1_000 },
    run: (context) =>
      onStage(
        context,
        () => ServerStage.open(),
        async (stage) => {
          const report = await runConvergence(stage, { ...context, histories: context.count, shares: historyFaults });
          printConvergence(report);
          return report.failed.length === 0;
        },
      ),
  },
  {
    name: 'flood',
    title: 'One account sends 5,000 messages a second; the others and nine tiles go on',
    counted: { option: 'seconds', byDefault: 20 },
    run: async ({ count, progress }) => {
      const report = await floodedWall({ seconds: count, progress });
      printFlood(report);
      return report.flooded.failed === 0;
    },
  },
];
