import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPostgresql, startPostgresql } from '../db/testing/startPostgresql.ts';
import { killWriter } from './testing/killWriter.ts';

// The long run is `pnpm faults audit`.
const kills = 10;
const timeoutMs = 300_000;

let postgresql: TestPostgresql;
let folder: string;

beforeAll(async () => {
  postgresql = await startPostgresql();
  folder = await mkdtemp(join(tmpdir(), 'commonsight-kills-'));
});

afterAll(async () => {
  await postgresql.close();
  await rm(folder, { recursive: true, force: true });
});

const wellKept = { kills, lost: 0, doubled: 0, verdict: { ok: true } };

test(
  'LOG2 PGlite loses and doubles no acknowledged line when the server is killed',
  async () => {
    const result = await killWriter({ kills, dataDir: join(folder, 'pglite') });
    expect(result).toMatchObject(wellKept);
    expect(result.acknowledged).toBeGreaterThanOrEqual(kills);
  },
  timeoutMs,
);

test(
  'LOG2 PostgreSQL loses and doubles no acknowledged line when the server is killed',
  async () => {
    const databaseUrl = await postgresql.createEmpty();
    const result = await killWriter({ kills, dataDir: join(folder, 'postgresql'), databaseUrl });
    expect(result).toMatchObject(wellKept);
    expect(result.acknowledged).toBeGreaterThanOrEqual(kills);
  },
  timeoutMs,
);
