import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, signInTries, users } from '../db/schema.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestUser, testPassword } from '../testing/seed.ts';

let server: TestServer;
let administrator: TestClient;

beforeAll(async () => {
  server = await createTestServer();
  administrator = await server.signIn('administrator');
});

afterAll(() => server.close());

const makeUser = () => seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });

let asked = 0;

/** From another address each time: the limit of one address is not what is tested here. */
async function ask(email: string, password: string) {
  asked += 1;
  const answer = await server.server.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: `192.0.2.${asked % 250}`,
    headers: { origin: 'http://localhost:8080' },
    payload: { email, password },
  });
  return {
    status: answer.statusCode,
    cookie: answer.headers['set-cookie'],
    body: answer.json<{ error?: { code: string } }>(),
  };
}

async function signIn(email: string, password: string): Promise<string> {
  return (await ask(email, password)).body.error?.code ?? 'signedIn';
}

async function tryWrongly(email: string, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) await signIn(email, `wrong ${index}`);
}

async function accountOf(userId: string): Promise<Record<string, unknown> | undefined> {
  const { body } = await administrator.call('GET', '/api/users');
  return (body['users'] as Record<string, unknown>[]).find((user) => user['id'] === userId);
}

describe('SES5 five failed tries', () => {
  test('lock the account, also for the right password, until an administrator releases it', async () => {
    const user = await makeUser();
    await tryWrongly(user.email, 5);
    expect(await signIn(user.email, testPassword)).toBe('wrongCredentials');
    expect(await accountOf(user.userId)).toMatchObject({ state: 'locked', lockedAt: expect.any(String) });

    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, user.userId));
    expect(lines.filter((line) => line.type === 'user.locked')).toHaveLength(1);
    expect(lines.filter((line) => line.type === 'session.refused').length).toBeGreaterThanOrEqual(5);

    const released = await administrator.call('POST', `/api/users/${user.userId}/release`);
    expect(released.body).toMatchObject({ state: 'active', lockedAt: null });
    expect(await signIn(user.email, testPassword)).toBe('signedIn');
  });

  test('four leave it open, and a sign-in between them begins anew', async () => {
    const user = await makeUser();
    await tryWrongly(user.email, 4);
    expect(await signIn(user.email, testPassword)).toBe('signedIn');
    await tryWrongly(user.email, 4);
    expect(await signIn(user.email, testPassword)).toBe('signedIn');
  });

  test('that are older than 15 minutes count no more', async () => {
    const user = await makeUser();
    await tryWrongly(user.email, 4);
    await server.database.db
      .update(signInTries)
      .set({ at: new Date(Date.now() - 15 * 60_000) })
      .where(eq(signInTries.userId, user.userId));
    await tryWrongly(user.email, 1);
    expect(await signIn(user.email, testPassword)).toBe('signedIn');
  });

  test('are counted by the record: an emptied Redis gives no fresh start', async () => {
    const user = await makeUser();
    await tryWrongly(user.email, 4);
    await server.redis.kill();
    await server.redis.start();
    await tryWrongly(user.email, 1);
    expect(await signIn(user.email, testPassword)).toBe('wrongCredentials');
    const [row] = await server.database.db.select().from(users).where(eq(users.id, user.userId));
    expect(row?.lockedAt).not.toBeNull();
  });

  test('are no more when they come all at once', async () => {
    const user = await makeUser();
    const guesses = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => signIn(user.email, `wrong ${letter}`));
    await Promise.all(guesses);
    expect(await signIn(user.email, testPassword)).toBe('wrongCredentials');
  });
});

test('an unknown email, a wrong password, a locked and a disabled account are answered alike', async () => {
  const [locked, disabled, known] = [await makeUser(), await makeUser(), await makeUser()];
  await tryWrongly(locked.email, 5);
  await administrator.call('POST', `/api/users/${disabled.userId}/disable`);
  const answers = [
    await ask('nobody@test.example', testPassword),
    await ask(known.email, 'wrong'),
    await ask(locked.email, testPassword),
    await ask(disabled.email, testPassword),
  ];
  expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body])))).toHaveLength(1);
  expect(answers.every((answer) => answer.cookie === undefined)).toBe(true);
});
