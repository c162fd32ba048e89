import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';
import type { Database } from '../Database.ts';
import { wrapPglite } from '../openPglite.ts';

/** An empty, migrated database of a test's own, in memory. */
export async function createTestDatabase(): Promise<Database> {
  const dump = await readFile(inject('pgliteTemplate'));
  return wrapPglite(await PGlite.create({ loadDataDir: new Blob([dump]) }));
}
