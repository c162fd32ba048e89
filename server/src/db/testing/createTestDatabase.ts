import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { inject } from 'vitest';
import type { Database } from '../Database.ts';
import { wrapPglite } from '../openPglite.ts';
import { openPostgresql } from '../openPostgresql.ts';
import { askPostgresql } from './askPostgresql.ts';
import { templateName } from './makeTemplates.ts';

/** An empty, migrated database of a test's own, in the run's PostgreSQL: a copy of a template takes a tenth of a PGlite's second. */
export async function createTestDatabase(): Promise<Database> {
  const server = inject('postgresql');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await askPostgresql(`${server}/postgres`, `create database ${name} template ${templateName}`);
  const database = await openPostgresql({ url: `${server}/${name}`, onError: () => undefined });
  let closing: Promise<void> | null = null;
  const close = async () => {
    await database.close();
    await askPostgresql(`${server}/postgres`, `drop database ${name} with (force)`);
  };
  return { ...database, close: () => (closing ??= close()) };
}

/** The same in a PGlite, in memory. */
export async function createPgliteDatabase(): Promise<Database> {
  const dump = await readFile(inject('pgliteTemplate'));
  return wrapPglite(await PGlite.create({ loadDataDir: new Blob([dump]) }));
}
