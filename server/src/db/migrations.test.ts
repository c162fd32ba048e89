import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { migrationsFolder } from './migrations.ts';

let folder: string;
let client: PGlite;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  client = await PGlite.create();
});
afterEach(async () => {
  await client.close();
  await rm(folder, { recursive: true });
});

/** The migrations before this one, as a version that did not have it yet. */
async function migrationsBefore(tag: string): Promise<string> {
  await cp(migrationsFolder, folder, { recursive: true });
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  const entries = journal.entries.slice(
    0,
    journal.entries.findIndex((entry) => entry.tag === tag),
  );
  expect(entries.length).toBeGreaterThan(0);
  await writeFile(file, JSON.stringify({ ...journal, entries }));
  return folder;
}

test('cameras that were there before confirmations count as confirmed since they were made, and no later one does', async () => {
  const db = drizzle({ client, casing: 'snake_case' });
  await migrate(db, { migrationsFolder: await migrationsBefore('0017_community') });
  const [agencyId, siteId, before, after] = [newId(), newId(), newId(), newId()];
  const add = (id: string, number: number) =>
    db.execute(sql`insert into cameras (id, agency_id, site_id, number, name, latitude, longitude, bearing_degrees,
      angle_degrees, range_metres, sharing_mode, created_at) values (${id}, ${agencyId}, ${siteId}, ${number}, 'Hall', 43, -87,
      0, 90, 30, 'always', '2026-01-05T10:00:00Z')`);
  await db.execute(sql`insert into agencies (id, name) values (${agencyId}, 'City')`);
  await db.execute(sql`insert into sites (id, agency_id, name, address, latitude, longitude)
    values (${siteId}, ${agencyId}, 'Market', '1 Market St', 43, -87)`);
  await add(before, 1);
  await migrate(db, { migrationsFolder });
  await add(after, 2);
  const { rows } = await db.execute<{ id: string; is_confirmed: boolean | null }>(
    sql`select id, confirmed_at = created_at as is_confirmed from cameras order by number`,
  );
  expect(rows).toEqual([
    { id: before, is_confirmed: true },
    { id: after, is_confirmed: null },
  ]);
});
