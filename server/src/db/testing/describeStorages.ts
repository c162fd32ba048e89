import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { newId } from '../../ids.ts';
import { seedTestAgency } from '../../testing/seed.ts';
import type { Database, Db } from '../Database.ts';
import { createPgliteDatabase, createTestDatabase } from './createTestDatabase.ts';

/** What a test of the contract works on; a new pair of agencies for each test. */
export interface Storage {
  database: Database;
  db: Db;
  agencyId: string;
  otherAgencyId: string;
  /** Another empty database of the same kind. */
  open: () => Promise<Database>;
}

/** Runs a suite over every storage: what the services rely on must hold on PGlite and on PostgreSQL. */
export function describeStorages(name: string, suite: (storage: Storage) => void): void {
  describe.each([
    { dialect: 'pglite' as const, open: createPgliteDatabase },
    { dialect: 'postgresql' as const, open: createTestDatabase },
  ])(`${name} on $dialect`, ({ dialect, open }) => {
    // Filled before each test; the suite reads it inside its tests.
    const storage = { open } as Storage;

    beforeAll(async () => {
      storage.database = await open();
      storage.db = storage.database.db;
      if (storage.database.dialect !== dialect) throw new Error(`This is not ${dialect}.`);
    });

    afterAll(() => storage.database.close());

    beforeEach(async () => {
      storage.agencyId = await seedTestAgency(storage.db, `Agency ${newId()}`);
      storage.otherAgencyId = await seedTestAgency(storage.db, `Other agency ${newId()}`);
    });

    suite(storage);
  });
}

/** What the database itself said when it refused. */
export async function failureOf(query: PromiseLike<unknown>): Promise<string> {
  try {
    await query;
  } catch (error) {
    return String(error instanceof Error ? error.cause : error);
  }
  return 'nothing failed';
}
