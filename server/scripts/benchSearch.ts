// Command-line entry point, what `pnpm bench search` runs: how long it takes to find and rank what saw a place, among
// 100,000 registered and 10,000 live cameras of a city of thirty kilometres, on PGlite and on PostgreSQL.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchShape } from '@commonsight/types/search';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { seededRandom } from '@commonsight/types/training-city-shapes';
import { sql } from 'drizzle-orm';
import type { Database, Db } from '../src/db/Database.ts';
import { openPglite } from '../src/db/openPglite.ts';
import { openPostgresql } from '../src/db/openPostgresql.ts';
import { cameras } from '../src/db/schema.ts';
import { startPostgresql } from '../src/db/testing/startPostgresql.ts';
import { newId } from '../src/ids.ts';
import { insertRegistrations } from '../src/registry/registrationRepository.ts';
import { toColumns } from '../src/registry/sealing.ts';
import { testContact, testDetails } from '../src/registry/testing/seedTestRegistration.ts';
import { questionOf } from '../src/search/Question.ts';
import { findSources } from '../src/search/SourceSearch.ts';
import { seedTestAgency, seedTestSite } from '../src/testing/seed.ts';
import { moved } from '../src/training/moved.ts';
import { someView, somewhere } from './madeUpCity.ts';

const { values } = parseArgs({
  options: {
    registered: { type: 'string', default: '100000' },
    live: { type: 'string', default: '10000' },
    searches: { type: 'string', default: '500' },
    seed: { type: 'string', default: `${Math.floor(Math.random() * 2 ** 32)}` },
  },
});
const [registered = 0, live = 0, searches = 0, seed = 0] = [
  values.registered,
  values.live,
  values.searches,
  values.seed,
].map(Number);
if (![registered, live, searches, seed].every((value) => Number.isInteger(value) && value >= 0) || searches === 0) {
  process.stderr.write('Usage: pnpm bench search [--registered N] [--live N] [--searches N] [--seed N]\n');
  process.exit(1);
}

const batch = 1_000;
const random = seededRandom(seed);
const print = (line: string) => void process.stdout.write(`${line}\n`);

const somePlace = () => somewhere(random, trainingCityCentre);

async function seedCity(db: Db): Promise<string> {
  const agencyId = await seedTestAgency(db, 'Bench');
  const siteId = await seedTestSite(db, agencyId);
  const now = new Date();
  for (let done = 0; done < registered; done += batch) {
    const rows = Array.from({ length: Math.min(batch, registered - done) }, () => {
      const id = newId();
      const details = { ...testDetails, position: somePlace(), viewCone: someView(random) };
      return {
        id,
        agencyId,
        state: 'active' as const,
        ...toColumns({ seal: () => 'sealed' }, { id, wrappedKey: 'key' }, details, testContact),
        wrappedKey: 'key',
        emailHash: id,
        language: 'en' as const,
        termsVersion: 1,
        termsHash: '',
        consentedAt: now,
        createdAt: now,
        lastConfirmedAt: now,
      };
    });
    await insertRegistrations(db, rows);
  }
  for (let done = 0; done < live; done += batch) {
    const rows = Array.from({ length: Math.min(batch, live - done) }, (_, index) => ({
      id: newId(),
      agencyId,
      siteId,
      number: done + index + 1,
      name: `Camera ${done + index + 1}`,
      sharingMode: 'always' as const,
      confirmedAt: new Date(),
      ...somePlace(),
      ...someView(random),
    }));
    await db.insert(cameras).values(rows);
  }
  await db.execute(sql`analyze`);
  return agencyId;
}

const shapes: Readonly<Record<string, () => SearchShape>> = {
  'a point, 250 m about it': () => ({ kind: 'point', point: somePlace(), radiusMetres: 250 }),
  'a circle of 500 m': () => ({ kind: 'circle', centre: somePlace(), radiusMetres: 500 }),
  'a route of 1 km': () => {
    const from = somePlace();
    const corners = [0, 500, 1_000].map((eastMetres) => moved(from, { eastMetres, northMetres: random() * 200 }));
    return { kind: 'route', vertices: corners, widthMetres: 40 };
  },
};

async function measure(name: string, database: Database): Promise<void> {
  const agencyId = await seedCity(database.db);
  const now = new Date();
  const window = { from: new Date(now.getTime() - 3_600_000).toISOString(), to: now.toISOString() };
  for (const [shapeName, makeShape] of Object.entries(shapes)) {
    const times: number[] = [];
    const counts: number[] = [];
    for (let done = -20; done < searches; done += 1) {
      const shape = makeShape();
      const startMs = performance.now();
      const found = await findSources(database.db, agencyId, {
        question: questionOf(shape),
        window,
        now,
        mayList: () => true,
      });
      // The first ones warm up what they run on.
      if (done < 0) continue;
      times.push(performance.now() - startMs);
      counts.push(found.length);
    }
    const at = (sorted: readonly number[], part: number) =>
      sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
    const [sortedTimes, sortedCounts] = [times, counts].map((list) => list.toSorted((a, b) => a - b));
    const figures = [0.5, 0.95, 1].map((part) => at(sortedTimes ?? [], part).toFixed(2)).join(' / ');
    print(`| ${name} | ${shapeName} | ${at(sortedCounts ?? [], 0.5)} | ${figures} |`);
  }
}

print(`${registered} registered and ${live} live cameras, ${searches} searches of each kind.\n`);
print('| Database | Question | Found, median | p50 / p95 / most, ms |');
print('|---|---|---|---|');
const folder = await mkdtemp(join(tmpdir(), 'commonsight-bench-'));
const postgresql = await startPostgresql();
try {
  const pglite = await openPglite({ dataDir: folder, onLockLost: () => undefined });
  await measure('PGlite', pglite);
  await pglite.close();
  const server = await openPostgresql({ url: await postgresql.createEmpty(), onError: () => undefined });
  await measure('PostgreSQL', server);
  await server.close();
  print(`\nSeed ${seed}; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}.`);
} finally {
  await postgresql.close();
  await rm(folder, { recursive: true, force: true });
}
