import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Database } from './Database.ts';
import { lockFolder } from './lockFolder.ts';
import { migrationsFolder } from './migrations.ts';
import * as schema from './schema.ts';

/** Opens the embedded database in `dataDir`, alone: two processes on one folder lose rows without an error. */
export async function openPglite(options: { dataDir: string; onLockLost: (error: Error) => void }): Promise<Database> {
  const folder = join(options.dataDir, 'pglite');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder, options.onLockLost);
  try {
    const database = await wrapPglite(await PGlite.create(folder));
    return {
      ...database,
      close: async () => {
        await database.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Migrates an open PGlite and makes a `Database` of it. */
export async function wrapPglite(client: PGlite): Promise<Database> {
  const db = drizzle({ client, schema, casing: 'snake_case' });
  try {
    await migrate(db, { migrationsFolder });
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    db,
    dialect: 'pglite',
    isUp: () =>
      db.execute(sql`select 1`).then(
        () => true,
        () => false,
      ),
    close: async () => {
      if (!client.closed) await client.close();
    },
  };
}
