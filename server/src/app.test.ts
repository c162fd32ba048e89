import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';
import { FolderInUseError } from './db/lockFolder.ts';
import { type TestPostgresql, startPostgresql } from './db/testing/startPostgresql.ts';
import { createLogger } from './logger.ts';
import { createTestServer } from './testing/createTestServer.ts';
import { testPosition } from './testing/seed.ts';

let postgresql: TestPostgresql;

beforeAll(async () => {
  postgresql = await startPostgresql();
});

afterAll(() => postgresql.close());

test('the whole server works on PostgreSQL', async () => {
  const database = await postgresql.createDatabase();
  const server = await createTestServer({ isTrainingCity: true }, { database });
  try {
    const dispatcher = await server.signIn('dispatcher');
    const incident = { title: 'On PostgreSQL', priority: 2, position: testPosition };
    const { body } = await dispatcher.call('POST', '/api/incidents', incident);
    expect(body).toMatchObject({ number: 1, title: 'On PostgreSQL' });
    expect((await server.nobody.call('GET', '/api/health')).body).toMatchObject({ status: 'ready', database: 'up' });
    expect((await dispatcher.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await dispatcher.call('GET', '/api/me')).status).toBe(401);
  } finally {
    await server.close();
  }
});

test('a data folder serves one server, and the next one when that has closed', async () => {
  const server = await createTestServer();
  const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-folder-'));
  const config = { ...server.config, dataDir };
  const logger = createLogger('silent');
  try {
    const first = await createApp({ config, logger });
    const second = createApp({ config, logger });
    await expect(second).rejects.toBeInstanceOf(FolderInUseError);
    await expect(second).rejects.toThrow(
      `The data folder ${join(dataDir, 'pglite')} is in use by another Commonsight server (pid ${process.pid}).`,
    );
    await first.close();
    await first.close();
    const third = await createApp({ config, logger });
    const answer = await third.app.inject('/api/health');
    expect(answer.statusCode).toBe(200);
    await third.close();
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true });
  }
  // A folder of its own is initialised here, which PGlite takes seconds for.
}, 120_000);
