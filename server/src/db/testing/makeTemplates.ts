import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { migrationsFolder } from '../migrations.ts';
import { wrapPglite } from '../openPglite.ts';
import { openPostgresql } from '../openPostgresql.ts';
import { startPostgresql } from './startPostgresql.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A dump of an empty, migrated PGlite. */
    pgliteTemplate: string;
    /** Address of a PostgreSQL, without a database's name, that holds an empty, migrated database to copy. */
    postgresql: string;
  }
}

/** The migrated database of the run's PostgreSQL that every test's own is a copy of. */
export const templateName = 'template_of_tests';

/** Before all tests: makes what their databases are copied from. */
export default async function makeTemplates(project: TestProject): Promise<() => Promise<void>> {
  const [path, postgresql] = await Promise.all([
    makePgliteDump(),
    startPostgresql({ settings: ['max_connections=400', 'full_page_writes=off'] }),
  ]);
  try {
    const url = await postgresql.createEmpty(templateName);
    // Open it for its migrations alone: a database is copied while nobody is connected to it.
    await (await openPostgresql({ url, onError: () => undefined })).close();
    project.provide('pgliteTemplate', path);
    project.provide('postgresql', url.slice(0, -templateName.length - 1));
  } catch (error) {
    await postgresql.close();
    throw error;
  }
  return () => postgresql.close();
}

/**
 * Initialising PGlite and migrating it takes seconds, loading a dump one; the dump is kept for the next run under the
 * migrations' hash.
 */
async function makePgliteDump(): Promise<string> {
  const path = join(tmpdir(), `commonsight-template-${await hashMigrations()}.tar`);
  if (!existsSync(path)) {
    const client = await PGlite.create();
    await wrapPglite(client);
    const dump = await client.dumpDataDir('none');
    await client.close();
    const fresh = `${path}.${process.pid}`;
    await writeFile(fresh, Buffer.from(await dump.arrayBuffer()));
    await rename(fresh, path);
  }
  return path;
}

async function hashMigrations(): Promise<string> {
  const hash = createHash('sha256');
  // Another version of PGlite may write another folder.
  hash.update(await readFile(new URL('../../../package.json', import.meta.url)));
  // The dump says which migrations it has had, by the moments that stand in the journal.
  hash.update(await readFile(join(migrationsFolder, 'meta/_journal.json')));
  const files = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort();
  for (const name of files) hash.update(name).update(await readFile(join(migrationsFolder, name)));
  return hash.digest('hex').slice(0, 16);
}
