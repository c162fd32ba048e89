import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, sessions, users } from '../db/schema.ts';
import { createLogger } from '../logger.ts';
import { type Redis, closeRedis, connectRedis } from '../redis.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPassword } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const signInPath = '/api/auth/sign-in/email';

async function linesAbout(userId: string) {
  const rows = await server.database.db.select().from(auditEvents);
  return rows.filter((row) => row.actorId === userId || row.targetId === userId).map((row) => row.type);
}

async function emailOf(userId: string): Promise<string> {
  const [row] = await server.database.db.select().from(users).where(eq(users.id, userId));
  return row?.email ?? '';
}

/** Runs commands on the server's Redis as somebody else. */
async function onRedis<T>(act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectRedis(server.redis.url, createLogger('silent'));
  try {
    await until(() => redis.isReady);
    return await act(redis);
  } finally {
    closeRedis(redis);
  }
}

describe('signing in', () => {
  test('gives a cookie that no script and no other site can use, and a line', async () => {
    const client = await server.signIn('analyst');
    const userId = client.actor?.userId ?? '';
    const email = await emailOf(userId);
    const answer = await server.nobody.call('POST', signInPath, { email, password: testPassword });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    expect(answer.body).toEqual({ next: 'session' });
    expect(await linesAbout(userId)).toContain('session.started');
  });

  test('the account says who one is', async () => {
    const client = await server.signIn('dispatcher');
    const { body } = await client.call('GET', '/api/me');
    expect(body).toMatchObject({
      user: { id: client.actor?.userId, role: 'dispatcher' },
      agency: { id: server.agencyId, name: 'Test agency' },
    });
    expect(body['permissions']).toContain('incident.create');
  });

  test('with a wrong password is refused and written down under the account', async () => {
    const client = await server.signIn('analyst');
    const userId = client.actor?.userId ?? '';
    const answer = await server.nobody.call('POST', signInPath, { email: await emailOf(userId), password: 'wrong' });
    expect([answer.status, answer.body.error?.code]).toEqual([401, 'wrongCredentials']);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await linesAbout(userId)).toContain('session.refused');
  });

  test('with an unknown email looks the same', async () => {
    const known = await server.signIn('analyst');
    const email = await emailOf(known.actor?.userId ?? '');
    const answers = await Promise.all([
      server.nobody.call('POST', signInPath, { email, password: 'wrong' }),
      server.nobody.call('POST', signInPath, { email: 'nobody@test.example', password: 'wrong' }),
      server.nobody.call('POST', signInPath, { email: 'no email at all', password: 'wrong' }),
    ]);
    expect(answers.map((answer) => answer.body)).toEqual(Array.from({ length: 3 }, () => answers[0]?.body));
  });

  test('there is no sign-up, and nothing else of the login library', async () => {
    const account = { email: 'new@test.example', password: testPassword, name: 'New' };
    const signUp = await server.nobody.call('POST', '/api/auth/sign-up/email', account);
    expect(signUp.status).toBe(404);
    const client = await server.signIn('analyst');
    expect((await client.call('GET', '/api/auth/get-session')).status).toBe(404);
    expect((await client.call('POST', '/api/auth/update-user', { role: 'administrator' })).status).toBe(404);
  });
});

describe('a session', () => {
  test('ends by signing out, with a line, and its cookie is worth nothing', async () => {
    const client = await server.signIn('analyst');
    const userId = client.actor?.userId ?? '';
    expect((await client.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await client.call('GET', '/api/me')).status).toBe(401);
    expect(await linesAbout(userId)).toContain('session.ended');
  });

  test('is over at its end', async () => {
    const client = await server.signIn('analyst');
    await server.database.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.userId, client.actor?.userId ?? ''));
    expect((await client.call('GET', '/api/me')).status).toBe(401);
  });

  test('a forged cookie opens nothing', async () => {
    const client = await server.signIn('analyst');
    const forged = client.cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')).replace('%3D', '');
    const answer = await server.nobody.call('GET', '/api/me', undefined, { cookie: forged });
    expect(answer.status).toBe(401);
  });

  test('goes on when Redis is emptied', async () => {
    const client = await server.signIn('analyst');
    await onRedis((redis) => redis.flushAll());
    expect((await client.call('GET', '/api/me')).status).toBe(200);
  });

  test('that has ended does not come back with an old copy in Redis', async () => {
    const client = await server.signIn('analyst');
    const copies = await onRedis(async (redis) => {
      const keys = await redis.keys('session:*');
      return Promise.all(keys.map(async (key) => [key, (await redis.get(key)) ?? ''] as const));
    });
    await client.call('POST', '/api/auth/sign-out', {});
    await onRedis(async (redis) => {
      for (const [key, value] of copies) await redis.set(key, value);
    });
    expect((await client.call('GET', '/api/me')).status).toBe(401);
  });

  test("cannot be led to somebody else's by who writes into Redis", async () => {
    const [thief, victim] = [await server.signIn('analyst'), await server.signIn('supervisor')];
    await onRedis(async (redis) => {
      const keys = await redis.keys('session:*');
      const copies = await Promise.all(keys.map(async (key) => [key, (await redis.get(key)) ?? ''] as const));
      const copyOf = (userId = '') => copies.find(([key, value]) => !key.includes('active') && value.includes(userId));
      const [thiefKey = ''] = copyOf(thief.actor?.userId) ?? [];
      const [, victimCopy = ''] = copyOf(victim.actor?.userId) ?? [];
      await redis.set(thiefKey, victimCopy);
    });
    const { body } = await thief.call('GET', '/api/me');
    expect(body['user']).toMatchObject({ id: thief.actor?.userId });
  });

  test('ends when the user is disabled, who cannot sign in again', async () => {
    const administrator = await server.signIn('administrator');
    const client = await server.signIn('analyst');
    const userId = client.actor?.userId ?? '';
    const email = await emailOf(userId);
    const answer = await administrator.call('POST', `/api/users/${userId}/disable`);
    expect(answer.body['disabledAt']).toEqual(expect.any(String));
    expect((await client.call('GET', '/api/me')).status).toBe(401);
    const again = await server.nobody.call('POST', signInPath, { email, password: testPassword });
    expect([again.status, again.body.error?.code]).toEqual([401, 'wrongCredentials']);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('the own account cannot be disabled', async () => {
    const administrator = await server.signIn('administrator');
    const answer = await administrator.call('POST', `/api/users/${administrator.actor?.userId}/disable`);
    expect(answer.body.error?.code).toBe('conflict');
  });
});

describe('a page of another origin', () => {
  const evil = { origin: 'http://evil.example' };

  test('cannot change anything in a user’s name', async () => {
    const client = await server.signIn('dispatcher');
    const position = { latitude: 1, longitude: 1 };
    const incident = { title: 'x', priority: 1, position };
    const answer = await client.call('POST', '/api/incidents', incident, evil);
    expect([answer.status, answer.body.error?.code]).toEqual([403, 'foreignOrigin']);
    expect((await client.call('GET', '/api/incidents')).body['incidents']).toEqual([]);
  });

  test('cannot sign anybody in or out', async () => {
    const client = await server.signIn('analyst');
    expect((await client.call('POST', '/api/auth/sign-out', {}, evil)).status).toBe(403);
    expect((await client.call('GET', '/api/me')).status).toBe(200);
  });

  test('each spelling of this machine is the own origin', async () => {
    const client = await server.signIn('dispatcher');
    const answer = await client.call('POST', '/api/auth/sign-out', {}, { origin: 'http://127.0.0.1:8080' });
    expect(answer.status).toBe(200);
  });

  test('a form from elsewhere without an origin is recognised by what the browser says', async () => {
    const headers = { origin: '', 'sec-fetch-site': 'cross-site' };
    const answer = await server.nobody.call('POST', signInPath, {}, headers);
    expect(answer.body.error?.code).toBe('foreignOrigin');
  });
});

test('without Redis people sign in and work, and health says so until it is back', async () => {
  const own = await createTestServer();
  try {
    const before = await own.signIn('analyst');
    await own.redis.kill();
    await until(async () => (await own.nobody.call('GET', '/api/health')).body['redis'] === 'down');
    const health = await own.nobody.call('GET', '/api/health');
    expect([health.status, health.body['status']]).toEqual([200, 'degraded']);
    expect((await before.call('GET', '/api/me')).status).toBe(200);
    const during = await own.signIn('dispatcher');
    expect((await during.call('GET', '/api/cameras')).status).toBe(200);
    await own.redis.start();
    await until(async () => (await own.nobody.call('GET', '/api/health')).body['status'] === 'ready');
    expect((await during.call('GET', '/api/me')).status).toBe(200);
  } finally {
    await own.close();
  }
});

test('a Redis that hangs keeps nobody from working', async () => {
  const own = await createTestServer();
  try {
    const before = await own.signIn('analyst');
    own.redis.freeze();
    expect((await own.nobody.call('GET', '/api/health')).body).toMatchObject({ status: 'degraded', redis: 'down' });
    expect((await before.call('GET', '/api/me')).status).toBe(200);
    expect((await (await own.signIn('analyst')).call('GET', '/api/me')).status).toBe(200);
    const challenge = await own.nobody.call('POST', '/api/relays/challenge', { relayId: own.agencyId });
    expect([challenge.status, challenge.body.error?.code]).toEqual([504, 'timedOut']);
  } finally {
    await own.close();
  }
});

test('too many tries to sign in are turned away', async () => {
  const own = await createTestServer();
  try {
    const tries: (string | undefined)[] = [];
    for (let index = 0; index < 31; index += 1) {
      const answer = await own.nobody.call('POST', signInPath, {});
      tries.push(answer.body.error?.code);
    }
    expect(tries.slice(0, 30)).not.toContain('tooManyRequests');
    expect(tries[30]).toBe('tooManyRequests');
  } finally {
    await own.close();
  }
});
