import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationLock, openPostgresql } from './openPostgresql.ts';
import { type TestPostgresql, startPostgresql } from './testing/startPostgresql.ts';

const patience = { timeout: 30_000, interval: 20 };
let postgresql: TestPostgresql;

beforeAll(async () => {
  postgresql = await startPostgresql();
});

afterAll(() => postgresql.close());

const open = (url: string) => openPostgresql({ url, onError: () => undefined });

test('servers that start at once on an empty database migrate one after the other', async () => {
  const url = await postgresql.createEmpty();
  const databases = await Promise.all([open(url), open(url), open(url), open(url)]);
  for (const database of databases) expect(await database.isUp()).toBe(true);
  await Promise.all(databases.map((database) => database.close()));
});

test('a server waits while another one migrates, and leaves no lock behind', async () => {
  const url = await postgresql.createEmpty();
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('select pg_advisory_lock($1)', [migrationLock]);
  const opening = open(url);
  const waiting = async () =>
    (await other.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).rowCount;
  await expect.poll(waiting, patience).toBe(1);
  expect((await other.query(`select 1 from pg_tables where tablename = 'users'`)).rowCount).toBe(0);
  await other.query('select pg_advisory_unlock($1)', [migrationLock]);
  const database = await opening;
  expect((await other.query(`select 1 from pg_tables where tablename = 'users'`)).rowCount).toBe(1);
  const held = async () => (await other.query(`select 1 from pg_locks where locktype = 'advisory'`)).rowCount;
  await expect.poll(held, patience).toBe(0);
  await other.end();
  await database.close();
});
