import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { migrationsFolder } from '../migrations.ts';
import { wrapPglite } from '../openPglite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A dump of an empty, migrated PGlite. */
    pgliteTemplate: string;
  }
}

/**
 * Before all tests: makes the dump that every test's database is loaded from. Initialising PGlite and migrating it takes
 * seconds, loading a dump a few hundred milliseconds; the dump is kept for the next run under the migrations' hash.
 */
export async function setup(project: TestProject): Promise<void> {
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
  project.provide('pgliteTemplate', path);
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
