// Command-line entry point: how many entries a second are verified, and whether every change to an export is found.
// `pnpm --filter commonsight-verify measure [mutations] [seed]`
import { loadavg } from 'node:os';
import { verifyBundle, writeBundle } from '../src/bundle/bundle.ts';
import { gather, runMutations, TrainingLog } from '../src/testing/testing.ts';

const entries = 20_000;
const [runs = '10000', seed = String(Date.now() % 1_000_000_007)] = process.argv.slice(2);
const print = (line: string): void => console.log(line);

print(`Load ${loadavg()[0]?.toFixed(1)}`);
const log = TrainingLog.ofSize(entries, [1000, 10_000]);
const bundle = await gather(writeBundle(log.source()));
const trusted = { log: [log.signer.verifier], witnesses: [log.witness.verifier] };
for (let round = 0; round < 3; round += 1) {
  const [startMs, startCpu] = [performance.now(), process.cpuUsage()];
  const verdict = await verifyBundle([bundle], trusted);
  const { user, system } = process.cpuUsage(startCpu);
  const rates = [performance.now() - startMs, (user + system) / 1000].map((ms) => Math.round((entries / ms) * 1000));
  print(
    `${verdict.ok ? 'Good' : 'Bad'}: ${entries} entries, ${rates[0]} a second, ${rates[1]} a second of processor time`,
  );
}

const { missed, foundBy, verifyMs } = await runMutations(Number(runs), Number(seed), (done) =>
  print(`${done} mutations`),
);
for (const [kind, codes] of foundBy) {
  print(`  ${kind.padEnd(22)} ${[...codes].map(([code, count]) => `${code} ${count}`).join(', ')}`);
}
for (const { kind, run } of missed) print(`Missed: ${kind}, run ${run}`);
print(`Seed ${seed}: ${runs} mutations, ${missed.length} missed, verified in ${(verifyMs / 1000).toFixed(1)} s`);
process.exitCode = missed.length === 0 ? 0 : 1;
