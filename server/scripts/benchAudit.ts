// Command-line entry point, what `pnpm bench audit` runs: what the audit line adds to opening a camera, and how many lines
// a second one writer takes, on PGlite and on PostgreSQL with its commits on the disk.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Audit } from '../src/audit/Audit.ts';
import { Checkpoints } from '../src/audit/Checkpoints.ts';
import { LogSigner } from '../src/audit/LogSigner.ts';
import type { Act } from '../src/audit/Act.ts';
import type { Database } from '../src/db/Database.ts';
import { openPglite } from '../src/db/openPglite.ts';
import { openPostgresql } from '../src/db/openPostgresql.ts';
import { startPostgresql } from '../src/db/testing/startPostgresql.ts';
import { newId } from '../src/ids.ts';
import { createLogger } from '../src/logger.ts';

const { values } = parseArgs({
  options: { openings: { type: 'string', default: '500' }, lines: { type: 'string', default: '20000' } },
});
const openings = Number(values.openings);
const lines = Number(values.lines);
/** As many callers as wait at the same time when the writer is at its limit. */
const callers = 256;
const agencyId = newId();

const print = (line: string) => void process.stdout.write(`${line}\n`);

function viewingStarted(): Act {
  const [userId, sessionId, cameraId, streamId, incidentId] = [newId(), newId(), newId(), newId(), newId()];
  const actor = {
    kind: 'user' as const,
    userId,
    name: 'Ada',
    agencyId,
    role: 'analyst' as const,
    sessionId,
    sourceAddress: '192.0.2.1',
  };
  const details = { cameraId, streamId, stream: 'sub', incidentId, incidentNumber: 1, purpose: 'publicEvent' };
  return {
    type: 'viewing.started',
    outcome: 'done',
    actor,
    target: { kind: 'viewing', id: newId() },
    grantId: newId(),
    details,
  };
}

/** Milliseconds of each, one after the other. */
async function timeEach(count: number, act: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const startMs = performance.now();
    await act();
    times.push(performance.now() - startMs);
  }
  return times.sort((a, b) => a - b);
}

function quantiles(sorted: readonly number[]): string {
  return [0.5, 0.99]
    .map((part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]?.toFixed(2))
    .join(' / ');
}

async function measure(name: string, database: Database, dataDir: string): Promise<void> {
  const audit = new Audit(database.db);
  const signer = await LogSigner.create({ dataDir, publicUrl: 'https://bench.test' });
  const checkpoints = await Checkpoints.create({
    db: database.db,
    writer: audit.writer,
    signer,
    dataDir,
    logger: createLogger('silent'),
  });
  await timeEach(50, () => audit.record(viewingStarted()));

  const one = quantiles(await timeEach(openings, () => audit.record(viewingStarted())));
  const wall = quantiles(
    await timeEach(Math.ceil(openings / 10), () => audit.recordAll(Array.from({ length: 25 }, viewingStarted))),
  );
  const startMs = performance.now();
  let left = lines;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (; left > 0;) {
        left -= 1;
        await audit.record(viewingStarted());
      }
    }),
  );
  const perSecond = Math.round(lines / ((performance.now() - startMs) / 1_000));
  print(`| ${name} | ${one} | ${wall} | ${perSecond} |`);
  await checkpoints.close();
}

const folder = await mkdtemp(join(tmpdir(), 'commonsight-bench-'));
const postgresql = await startPostgresql({ isDurable: true });
try {
  print('| Database | One camera, p50 / p99 ms | 25 cameras, p50 / p99 ms | Lines a second |');
  print('|---|---|---|---|');
  const pglite = await openPglite({ dataDir: folder, onLockLost: () => undefined });
  await measure('PGlite', pglite, join(folder, 'one'));
  await pglite.close();
  const server = await openPostgresql({ url: await postgresql.createEmpty(), onError: () => undefined });
  await measure('PostgreSQL', server, join(folder, 'two'));
  await server.close();
  print(
    `${openings} openings, ${lines} lines by ${callers} callers; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`,
  );
} finally {
  await postgresql.close();
  await rm(folder, { recursive: true, force: true });
}
