// Command-line entry point for `pnpm bench map`: a server of its own whose one agency has many cameras in a city of thirty
// kilometres. Prints its address and an analyst's session as one line of JSON, and ends on a signal.
import { parseArgs } from 'node:util';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { seededRandom } from '@commonsight/types/training-city-shapes';
import { cameras } from '../src/db/schema.ts';
import { newId } from '../src/ids.ts';
import { createTestServer } from '../src/testing/createTestServer.ts';
import { seedTestSite } from '../src/testing/seed.ts';
import { someView, somewhere } from './madeUpCity.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    client: { type: 'string' },
    cameras: { type: 'string' },
    seed: { type: 'string' },
  },
});
const [port, count, seed] = [values.port, values.cameras, values.seed].map(Number);
const clientDir = values.client;
if (!port || !count || seed === undefined || clientDir === undefined) throw new Error('A setting is missing.');

const batch = 1_000;
const random = seededRandom(seed);
const url = `http://localhost:${port}`;
const server = await createTestServer({ publicUrl: url, clientDir, port });
const { db } = server.database;
const { agencyId } = server;
const siteId = await seedTestSite(db, agencyId);
for (let done = 0; done < count; done += batch) {
  const rows = Array.from({ length: Math.min(batch, count - done) }, (_, index) => ({
    id: newId(),
    agencyId,
    siteId,
    number: done + index + 1,
    name: `Camera ${done + index + 1}`,
    sharingMode: 'always' as const,
    confirmedAt: new Date(),
    ...somewhere(random, trainingCityCentre),
    ...someView(random),
  }));
  await db.insert(cameras).values(rows);
}
const analyst = await server.signIn('analyst');
const wall = await analyst.call('POST', '/api/walls', { name: 'Bench', layout: '4', incidentId: null });
await server.server.app.listen({ host: '127.0.0.1', port });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void server.close());
process.stdout.write(`${JSON.stringify({ url, cookie: analyst.cookie, wallId: wall.body['id'] })}\n`);
