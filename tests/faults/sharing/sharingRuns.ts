import { median, quantile } from '../../support/statistics.ts';
import type { FaultRun } from '../FaultRun.ts';
import { onStage } from '../onStage.ts';
import { Random } from '../signalling/Random.ts';
import { alertEnd, alertFaults } from './alertEnds.ts';
import { changeTimes } from './changeTimes.ts';
import { forbiddenStarts } from './forbiddenStarts.ts';
import { SharingStage } from './SharingStage.ts';

/** An owner's change has ended what runs within this time. */
const mostMs = 2_000;

/** An alert's last packet lies within this of the end of its time. */
const alertWithinMs = 1_000;

/** What a server cannot have from a relay against its owner's word, and how soon a change of it is felt. */
export const sharingRuns: readonly FaultRun[] = [
  {
    name: 'forbidden',
    title: 'The server asks for what the owner does not share, with grants that hold; no packet leaves the relay',
    counted: { option: 'count', byDefault: 1_000 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const report = await forbiddenStarts(stage, new Random(context.seed), context.count);
          for (const [way, number] of [...report.ways].toSorted(([one], [other]) => one.localeCompare(other)))
            console.log(`  ${String(number).padStart(6)}  ${way}`);
          for (const [answer, number] of report.answers)
            console.log(`  ${String(number).padStart(6)}  answered ${answer}`);
          for (const started of report.started) console.log(`  STARTED ${started}`);
          console.log(
            `  ${report.cases} cases: ${report.packets} packets, ${report.pulls} pulls of a camera. ` +
              `Shared at the end, the same way carried ${report.packetsWhenShared} packets.`,
          );
          return report.packets + report.pulls + report.started.length === 0 && report.packetsWhenShared > 0;
        },
      ),
  },
  {
    name: 'changes',
    title: 'The owner turns a watched camera off; from the change to the last packet',
    counted: { option: 'runs', byDefault: 30 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const times = await changeTimes(stage, context.count);
          const [middle, p95, most] = [median(times), quantile(times, 0.95), Math.max(...times)].map(Math.round);
          console.log(`  ${times.length} runs: median ${middle} ms, 95th percentile ${p95} ms, most ${most} ms`);
          return Math.max(...times) < mostMs;
        },
      ),
  },
  {
    name: 'alerts',
    title:
      'An alert ends on time with the server gone, the network cut and the clock moved; from its end to the last packet',
    counted: { option: 'runs', byDefault: 3 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const all: number[] = [];
          for (const fault of alertFaults) {
            const times: number[] = [];
            for (let run = 0; run < context.count; run += 1) {
              await stage.makeFallible(fault.clockMs ?? 0);
              times.push(await alertEnd(stage, fault));
            }
            const [least, middle, most] = [Math.min(...times), median(times), Math.max(...times)].map(Math.round);
            console.log(`  ${fault.name}: ${times.length} runs, median ${middle} ms (${least} to ${most} ms)`);
            all.push(...times);
          }
          return all.every((time) => Math.abs(time) < alertWithinMs);
        },
      ),
  },
];
