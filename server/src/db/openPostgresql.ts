import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool } from 'pg';
import type { Database } from './Database.ts';
import { migrationsFolder } from './migrations.ts';
import * as schema from './schema.ts';

const poolSize = 10;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;

/** Taken by a server while it migrates. Any number will do that nobody else on the database takes. */
export const migrationLock = 7_205_419_638;
const longestMigration = '5min';

/** Opens PostgreSQL at `url`. `onError` hears of idle connections that break; the pool replaces them by itself. */
export async function openPostgresql(options: { url: string; onError: (error: Error) => void }): Promise<Database> {
  await migrateAlone(options.url);
  const pool = new Pool({
    connectionString: options.url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
  });
  pool.on('error', options.onError);
  const db = drizzle({ client: pool, schema, casing: 'snake_case' });
  return {
    db,
    dialect: 'postgresql',
    isUp: () =>
      db.execute(sql`select 1`).then(
        () => true,
        () => false,
      ),
    close: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Migrates under a lock of the database: two servers that start on one empty database would both make its tables, and
 * one of them fail in the middle. On a connection of its own, whose end frees the lock in every case, and which may take
 * longer than a request.
 */
async function migrateAlone(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  // A connection that breaks fails the statement that waits on it, which is reported there.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`set lock_timeout = '${longestMigration}'`);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle({ client }), { migrationsFolder });
  } finally {
    await client.end().catch(() => undefined);
  }
}
