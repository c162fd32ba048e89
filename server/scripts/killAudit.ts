// Command-line entry point, what `pnpm faults audit` runs for figure F12: kills a process that writes lines, many times.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killWriter } from '../src/audit/testing/killWriter.ts';
import { startPostgresql } from '../src/db/testing/startPostgresql.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
const kills = Number(values.kills);
if (!Number.isInteger(kills) || kills < 1) throw new Error('Usage: node server/scripts/killAudit.ts [--kills N]');

const print = (line: string) => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(join(tmpdir(), 'commonsight-kills-'));
const postgresql = await startPostgresql({ isDurable: true });
let isGood = true;
try {
  print('| Database | Kills | Lines acknowledged | Lines in the log | Lost | Doubled | Log |');
  print('|---|---|---|---|---|---|---|');
  for (const dialect of ['PGlite', 'PostgreSQL'] as const) {
    const half = dialect === 'PGlite' ? Math.ceil(kills / 2) : Math.floor(kills / 2);
    if (half === 0) continue;
    const result = await killWriter({
      kills: half,
      dataDir: join(folder, dialect),
      databaseUrl: dialect === 'PGlite' ? undefined : await postgresql.createEmpty(),
      progress: (kill, acknowledged) => {
        if (kill % 50 === 0) process.stderr.write(`${dialect}: ${kill} kills, ${acknowledged} lines acknowledged\n`);
      },
    });
    const { acknowledged, lines, lost, doubled, verdict } = result;
    const word = verdict.ok ? 'verified' : verdict.fault.reason;
    print(`| ${dialect} | ${half} | ${acknowledged} | ${lines} | ${lost} | ${doubled} | ${word} |`);
    isGood &&= verdict.ok && lost === 0 && doubled === 0;
  }
  print(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  await postgresql.close();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = isGood ? 0 : 1;
