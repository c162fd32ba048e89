// Command-line entry point, what `pnpm faults audit` runs for figure F12: kills a process that writes lines, many times.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KillResult, killWriter } from '../src/audit/testing/killWriter.ts';
import { startPostgresql } from '../src/db/testing/startPostgresql.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) throw new Error('Usage: node server/scripts/killAudit.ts [--kills N]');

/** So many lives of one log: each start checks it again, so that a longer one would cost more and show no more. */
const killsOfOneLog = 50;

type Dialect = 'PGlite' | 'PostgreSQL';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'commonsight-kills-'));
const postgresql = await startPostgresql({ isDurable: true });
const results: { dialect: Dialect; result: KillResult }[] = [];
let done = 0;

/** Logs of both databases in turn, each with its share of the kills. */
function planLogs(): { dialect: Dialect; kills: number }[] {
  const share = { PGlite: Math.ceil(kills / 2), PostgreSQL: Math.floor(kills / 2) };
  const logs: { dialect: Dialect; kills: number }[] = [];
  while (share.PGlite + share.PostgreSQL > 0) {
    for (const dialect of ['PGlite', 'PostgreSQL'] as const) {
      const part = Math.min(killsOfOneLog, share[dialect]);
      if (part > 0) logs.push({ dialect, kills: part });
      share[dialect] -= part;
    }
  }
  return logs;
}

const logs = planLogs();
const startMs = performance.now();

/** Takes one log after the other, as long as there are some. */
async function work(): Promise<void> {
  for (let next = logs.shift(); next !== undefined; next = logs.shift()) {
    const { dialect } = next;
    const result = await killWriter({
      kills: next.kills,
      dataDir: join(folder, `${logs.length}`),
      databaseUrl: dialect === 'PGlite' ? undefined : await postgresql.createEmpty(),
      progress: () => {
        done += 1;
        if (done % 50 === 0) process.stderr.write(`${done} kills\n`);
      },
    });
    results.push({ dialect, result });
  }
}

try {
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  print('| Database | Logs | Kills | Lines acknowledged | Lines in the log | Lost | Doubled | Verified |');
  print('|---|---|---|---|---|---|---|---|');
  for (const [dialect, ofDialect] of Map.groupBy(results, (one) => one.dialect)) {
    const sum = (read: (result: KillResult) => number) => ofDialect.reduce((total, one) => total + read(one.result), 0);
    const figures = [
      ofDialect.length,
      sum((result) => result.kills),
      sum((result) => result.acknowledged),
      sum((result) => result.lines),
      sum((result) => result.lost),
      sum((result) => result.doubled),
      sum((result) => Number(result.verdict.ok)),
    ];
    print(`| ${dialect} | ${figures.join(' | ')} |`);
  }
  const seconds = (performance.now() - startMs) / 1_000;
  print(
    `\n${seconds.toFixed(0)} s, ${(seconds / kills).toFixed(2)} s a kill; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`,
  );
} finally {
  await postgresql.close();
  await rm(folder, { recursive: true, force: true });
}
const isGood = results.every(({ result }) => result.verdict.ok && result.lost === 0 && result.doubled === 0);
process.exitCode = isGood ? 0 : 1;
