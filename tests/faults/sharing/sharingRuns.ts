import { median, quantile } from '../../support/statistics.ts';
import type { FaultRun } from '../FaultRun.ts';
import { onStage } from '../onStage.ts';
import { Random } from '../signalling/Random.ts';
import { alertEnd, alertFaults } from './alertEnds.ts';
import { changeTimes } from './changeTimes.ts';
import { forbiddenStarts } from './forbiddenStarts.ts';
import { SharingStage } from './SharingStage.ts';
import { tryDocuments } from './tryDocuments.ts';

/** An owner's change has ended what runs within this time. */
const mostMs = 2_000;

/** An alert's last packet lies within this of the end of its time. */
const alertWithinMs = 1_000;

/** What a server cannot have from a relay against its owner's word, and how soon a change of it is felt. */
export const sharingRuns: readonly FaultRun[] = [
  {
    name: 'forbidden',
    title:
      'The server asks for what the owner does not allow, with grants that hold and others; no packet leaves the relay',
    counted: { option: 'count', byDefault: 1_000 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const report = await forbiddenStarts(stage, new Random(context.seed), context.count);
          printCounts(report.ways);
          printCounts(report.answers, 'answered ');
          for (const finding of report.findings) console.log(`  FINDING ${finding}`);
          console.log(
            `  ${report.cases} cases in ${report.ways.size} ways: ${report.packets} packets at the server’s socket, ` +
              `${report.pulls} pulls of the camera, ${report.findings.length} findings. ` +
              `Shared at the end, the same way carried ${report.packetsWhenShared} packets.`,
          );
          return report.packets + report.pulls + report.findings.length === 0 && report.packetsWhenShared > 0;
        },
      ),
  },
  {
    name: 'documents',
    title: 'Forged, replayed, older and foreign documents; two devices of an owner edit at once',
    counted: { option: 'documents', byDefault: 1_000 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const report = await tryDocuments(stage, new Random(context.seed), context.count);
          printCounts(report.kinds);
          printCounts(report.answers, 'answered ');
          for (const finding of report.findings) console.log(`  FINDING ${finding}`);
          console.log(
            `  ${report.documents} documents, none in force; ${report.rounds} times two devices edited at once; ` +
              `${report.findings.length} findings.`,
          );
          return report.findings.length === 0 && report.rounds > 0;
        },
      ),
  },
  {
    name: 'changes',
    title: 'The owner ends what is watched; from the change to the last packet',
    counted: { option: 'runs', byDefault: 30 },
    run: (context) =>
      onStage(
        context,
        () => SharingStage.open(),
        async (stage) => {
          const times = await changeTimes(stage, new Random(context.seed), context.count);
          for (const { change, lastPacketMs } of times) {
            console.log(`  ${String(Math.round(lastPacketMs)).padStart(6)} ms  ${change}`);
          }
          const all = times.map(({ lastPacketMs }) => lastPacketMs);
          const [middle, p95, most] = [median(all), quantile(all, 0.95), Math.max(...all)].map(Math.round);
          console.log(
            `  ${all.length} runs: median ${middle} ms, 95th percentile ${p95} ms, most ${most} ms (goal: below ${mostMs} ms)`,
          );
          return Math.max(...all) < mostMs;
        },
      ),
  },
  {
    name: 'alerts',
    title:
      'An alert ends on time with the server gone, the network cut and clocks moved; from its end to the last packet',
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

function printCounts(counts: ReadonlyMap<string, number>, before = ''): void {
  for (const [name, number] of [...counts].toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(`  ${String(number).padStart(6)}  ${before}${name}`);
  }
}
