import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agencies, incidents, sessions } from '../db/schema.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestUser, testPassword, testPosition } from '../testing/seed.ts';

let server: TestServer;
let dispatcher: TestClient;
let supervisor: TestClient;

beforeAll(async () => {
  server = await createTestServer();
  dispatcher = await server.signIn('dispatcher');
  supervisor = await server.signIn('supervisor');
});

afterAll(() => server.close());

const incident = { title: 'x', priority: 1, position: testPosition };

/** Runs an act while no line can be written. */
async function withoutAudit<T>(act: () => Promise<T>): Promise<T> {
  const { db } = server.database;
  await db.execute(sql`alter table audit_entries rename to audit_entries_away`);
  try {
    return await act();
  } finally {
    await db.execute(sql`alter table audit_entries_away rename to audit_entries`);
  }
}

test('ACC3 when no line can be written there is no act', async () => {
  const { db } = server.database;
  const [agencyBefore] = await db.select().from(agencies);
  const answer = await withoutAudit(() => dispatcher.call('POST', '/api/incidents', incident));
  expect([answer.status, answer.body]).toEqual([500, { error: { code: 'internal', message: 'Internal error' } }]);
  expect(await db.select().from(incidents)).toEqual([]);
  expect(await db.select().from(agencies)).toEqual([agencyBefore]);
});

test('ACC3 when no line can be written nobody signs in', async () => {
  const { db } = server.database;
  const before = await db.select().from(sessions);
  const { email } = await seedTestUser(db, { agencyId: server.agencyId, role: 'analyst' });
  const credentials = { email, password: testPassword };
  const answer = await withoutAudit(() => server.nobody.call('POST', '/api/auth/sign-in/email', credentials));
  expect(answer.status).toBe(500);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(await db.select().from(sessions)).toHaveLength(before.length);
});

test('the list pages backwards from the newest, and reading it is a line itself', async () => {
  for (let index = 0; index < 3; index += 1) await dispatcher.call('POST', '/api/incidents', incident);
  type Line = { sequence: number; type: string; actorId: string };
  const page = async (query: string) =>
    (await supervisor.call('GET', `/api/audit-events?${query}`)).body['events'] as Line[];
  const first = await page('limit=2');
  expect(first[0]).toMatchObject({ type: 'audit.read', actorId: supervisor.actor?.userId });
  const second = await page(`limit=2&before=${first[1]?.sequence}`);
  const sequences = [...first, ...second].map((line) => line.sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
  expect(new Set(sequences).size).toBe(4);
});
