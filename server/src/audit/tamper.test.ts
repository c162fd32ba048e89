import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../db/testing/createTestDatabase.ts';
import { tamperings } from './testing/tamperings.ts';
import { tamperWithLog } from './testing/tamperWithLog.ts';

// The long run is `pnpm faults audit mutations`.
test('LOG5 LOG9 what the owner of the database does to a log is found by the next start or the verifier', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-tamper-'));
  const database = await createTestDatabase();
  try {
    const kinds = Object.keys(tamperings);
    const figures = await tamperWithLog({
      db: database.db,
      dataDir,
      runs: kinds.length,
      below: (limit) => randomInt(limit),
    });
    expect([...figures.keys()]).toEqual(kinds);
    for (const [kind, { missed }] of figures) expect({ kind, missed }).toEqual({ kind, missed: 0 });
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
