import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { Audit } from '../audit/Audit.ts';
import { auditEvents, grants, sessions, users } from '../db/schema.ts';
import { createPgliteDatabase } from '../db/testing/createTestDatabase.ts';
import { createLogger } from '../logger.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { disableUser } from '../users/userRepository.ts';
import { switchTrainingCity } from './switchTrainingCity.ts';
import type { TrainingFile } from './TrainingFile.ts';

let server: TestServer;
let agencyId: string;

beforeAll(async () => {
  server = await createTestServer({ isTrainingCity: true }, { database: await createPgliteDatabase() });
  const [user] = await server.database.db.select().from(users);
  agencyId = user?.agencyId ?? '';
});

afterAll(() => server.close());

async function readAccounts(): Promise<TrainingFile['users']> {
  const text = await readFile(join(server.config.dataDir, 'training.json'), 'utf8');
  return (JSON.parse(text) as TrainingFile).users;
}

async function signInAll(): Promise<number[]> {
  const statuses: number[] = [];
  for (const { email, password } of await readAccounts()) {
    statuses.push((await server.nobody.call('POST', '/api/auth/sign-in/email', { email, password })).status);
  }
  return statuses;
}

/** What another start with the setting does: its whole server is built on the same records, and ended. */
async function startWith(isTrainingCity: boolean): Promise<void> {
  const database = { ...server.database, close: async () => undefined };
  const started = await createApp({
    config: { ...server.config, isTrainingCity },
    database,
    logger: createLogger('silent'),
  });
  await started.close();
}

test('with the setting off the training accounts are disabled, and with it on they are back', async () => {
  const { db } = server.database;
  const other = await server.signIn('administrator');
  expect(await signInAll()).toEqual([200, 200, 200, 200, 200]);

  await startWith(false);
  expect(await signInAll()).toEqual([401, 401, 401, 401, 401]);
  expect((await other.call('GET', '/api/me')).status).toBe(200);
  const people = (await db.select().from(users).where(eq(users.agencyId, agencyId))).map((user) => user.id);
  expect(await db.select().from(sessions).where(inArray(sessions.userId, people))).toEqual([]);
  expect(
    await db
      .select()
      .from(grants)
      .where(and(eq(grants.agencyId, agencyId), isNull(grants.endedAt))),
  ).toEqual([]);

  await startWith(true);
  expect(await signInAll()).toEqual([200, 200, 200, 200, 200]);
  const lines = await db.select().from(auditEvents).where(eq(auditEvents.actorKind, 'system'));
  const types = lines.filter((line) => line.agencyId === agencyId).map((line) => line.type);
  expect(types.filter((type) => type === 'user.disabled')).toHaveLength(5);
  expect(types.filter((type) => type === 'user.enabled')).toHaveLength(5);
});

test('a change is said in the log, and whom an administrator disabled stays so', async () => {
  const { db } = server.database;
  const warnings: unknown[] = [];
  const parts = {
    db,
    audit: new Audit(db),
    policies: server.services.policies,
    registryKeys: server.services.registry.keys,
    sessions: { endAllOfUser: async () => undefined },
    logger: { warn: (fields: unknown, text?: string) => void warnings.push(text ?? fields) },
    dataDir: server.config.dataDir,
  };
  const [analyst] = await db.select().from(users).where(eq(users.email, 'analyst@training.example'));
  await disableUser(db, agencyId, analyst?.id ?? '', new Date());
  await new Audit(db).record({
    type: 'user.disabled',
    outcome: 'done',
    actor: {
      kind: 'user',
      userId: analyst?.id ?? '',
      agencyId,
      name: '',
      role: 'administrator',
      sessionId: '',
      sourceAddress: null,
    },
    target: { kind: 'user', id: analyst?.id ?? '' },
  });
  for (const isOn of [true, false, false, true, true]) await switchTrainingCity(parts, isOn);
  expect(warnings).toEqual([
    'The training city is off: its accounts are disabled.',
    'The training city is on again: its accounts are enabled.',
  ]);
  expect(await signInAll()).toEqual([401, 200, 200, 200, 200]);
});
