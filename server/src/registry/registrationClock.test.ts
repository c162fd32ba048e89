import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvents, registrations } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { insertLink } from './registrantRepository.ts';
import { seedTestRegistration } from './testing/seedTestRegistration.ts';

let server: TestServer;
const dayMs = 24 * 60 * 60_000;
const startedAt = new Date();

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const runAfter = (days: number) => server.services.registry.clock.run(new Date(startedAt.getTime() + days * dayMs));

const seed = (state: 'active' | 'unverified', pausedUntil?: Date) =>
  seedTestRegistration(server.database.db, {
    agencyId: server.agencyId,
    keys: server.services.registry.keys,
    state,
    at: startedAt,
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
  });

const rowOf = async (id: string) =>
  (await server.database.db.select().from(registrations).where(eq(registrations.id, id)))[0];

const mailTexts = async () => {
  const folder = join(server.config.dataDir, 'mails');
  const names: string[] = await readdir(folder).catch(() => []);
  return Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
};

test('an unverified one is gone after 48 hours', async () => {
  const id = await seed('unverified');
  await runAfter(1.99);
  expect(await rowOf(id)).toMatchObject({ state: 'unverified' });
  await runAfter(2);
  expect(await rowOf(id)).toBeUndefined();
});

test('asked after a year and again after a month; then dormant, and a year later deleted; each with its line', async () => {
  const id = await seed('active');
  await runAfter(364);
  expect(await mailTexts()).toHaveLength(0);
  await runAfter(365);
  await runAfter(366);
  expect(await mailTexts()).toHaveLength(1);
  expect(await rowOf(id)).toMatchObject({ state: 'active', questions: 1 });
  await runAfter(395);
  expect(await mailTexts()).toHaveLength(2);
  expect((await mailTexts())[1]).toContain('Please confirm');
  await runAfter(424);
  expect(await rowOf(id)).toMatchObject({ state: 'active', questions: 2 });
  await runAfter(425);
  expect(await rowOf(id)).toMatchObject({ state: 'dormant' });
  await runAfter(425 + 364);
  expect(await rowOf(id)).toMatchObject({ state: 'dormant' });
  await runAfter(425 + 365);
  expect(await rowOf(id)).toMatchObject({ state: 'deleted', wrappedKey: null });
  const lines = await server.database.db
    .select({ type: auditEvents.type })
    .from(auditEvents)
    .where(and(like(auditEvents.type, 'registration.%'), eq(auditEvents.targetId, id)))
    .orderBy(auditEvents.sequence);
  expect(lines.map(({ type }) => type)).toEqual([
    'registration.reminded',
    'registration.reminded',
    'registration.becameDormant',
    'registration.deleted',
  ]);
});

test('links that others ask for hold no yearly question back', async () => {
  const emailHash = 'flooded';
  const at = new Date(startedAt.getTime() - 365 * dayMs);
  const { database, agencyId, services } = server;
  const id = await seedTestRegistration(database.db, { agencyId, keys: services.registry.keys, emailHash, at });
  const link = { agencyId, registrationId: null, emailHash, createdAt: startedAt, expiresAt: startedAt };
  for (let count = 0; count < 3; count += 1) {
    await insertLink(database.db, { ...link, id: newId(), secretHash: newId() });
  }
  const before = (await mailTexts()).length;
  await runAfter(0);
  expect(await mailTexts()).toHaveLength(before + 1);
  expect(await rowOf(id)).toMatchObject({ questions: 1 });
  await database.db.delete(registrations).where(eq(registrations.emailHash, emailHash));
});

test('many cameras of one mail address are asked about in one mail, each with its line', async () => {
  const emailHash = 'district';
  const at = new Date(startedAt.getTime() - 365 * dayMs);
  const { database, agencyId, services } = server;
  const seedOne = () => seedTestRegistration(database.db, { agencyId, keys: services.registry.keys, emailHash, at });
  const ids = [await seedOne(), await seedOne(), await seedOne(), await seedOne(), await seedOne()];
  const before = (await mailTexts()).length;
  await runAfter(0);
  expect(await mailTexts()).toHaveLength(before + 1);
  for (const id of ids) expect(await rowOf(id)).toMatchObject({ questions: 1, askedAt: startedAt });
  const lines = await database.db.select().from(auditEvents).where(eq(auditEvents.type, 'registration.reminded'));
  expect(lines.map(({ targetId }) => targetId)).toEqual(expect.arrayContaining(ids));
  await database.db.delete(registrations).where(eq(registrations.emailHash, emailHash));
});
