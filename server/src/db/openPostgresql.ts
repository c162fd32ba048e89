import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import type { Database } from './Database.ts';
import { migrationsFolder } from './migrations.ts';
import * as schema from './schema.ts';

const poolSize = 10;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;

/** Opens PostgreSQL at `url`. `onError` hears of idle connections that break; the pool replaces them by itself. */
export async function openPostgresql(options: { url: string; onError: (error: Error) => void }): Promise<Database> {
  const pool = new Pool({
    connectionString: options.url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
  });
  pool.on('error', options.onError);
  const db = drizzle({ client: pool, schema, casing: 'snake_case' });
  try {
    await migrate(db, { migrationsFolder });
  } catch (error) {
    await pool.end();
    throw error;
  }
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
