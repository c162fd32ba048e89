import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import { auditEvents, users } from '../db/schema.ts';
import { defaultSessionRules } from '../sessions/sessionRules.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestUser } from '../testing/seed.ts';
import { disableUnused } from './disableUnused.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const dayMs = 24 * 60 * 60_000;

test('an account that nobody has used for 90 days is disabled, but not an agency’s last administrator', async () => {
  const { db } = server.database;
  const long = new Date(Date.now() - 91 * dayMs);
  const make = async (role: 'analyst' | 'administrator', change: Partial<typeof users.$inferInsert>) => {
    const { userId } = await seedTestUser(db, { agencyId: server.agencyId, role });
    await db
      .update(users)
      .set({ createdAt: long, ...change })
      .where(eq(users.id, userId));
    return userId;
  };
  const unused = await make('analyst', { lastSignInAt: long });
  const neverUsed = await make('analyst', {});
  const used = await make('analyst', { lastSignInAt: new Date(Date.now() - 89 * dayMs) });
  const enabled = await make('analyst', { lastSignInAt: long, enabledAt: new Date() });
  const last = await make('administrator', { lastSignInAt: long });
  const audit = new Audit(db);
  const sessions = { endAllOfUser: () => Promise.resolve() };
  await disableUnused({ db, audit, sessions }, defaultSessionRules.unusedMs, new Date());

  const rows = await db.select().from(users);
  const disabled = rows.filter((row) => row.disabledAt !== null).map((row) => row.id);
  expect(disabled.toSorted()).toEqual([unused, neverUsed].toSorted());
  expect([used, enabled, last].some((id) => disabled.includes(id))).toBe(false);
  const lines = await db.select().from(auditEvents).where(eq(auditEvents.type, 'user.disabled'));
  expect(new Set(lines.map((line) => line.targetId))).toEqual(new Set([unused, neverUsed]));
});
