import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, sessions } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPassword } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

async function open(role: 'analyst' | 'supervisor' = 'analyst') {
  const client = await server.signIn(role);
  const jar = new CookieJar(server, client.cookie);
  const { body } = await jar.call('GET', '/api/me');
  return { jar, userId: client.actor?.userId ?? '', sessionId: (body['session'] as { id: string }).id };
}

const unlock = (jar: CookieJar, password = testPassword) =>
  jar.code('POST', '/api/session/unlock', { factor: 'password', password });

async function typesAbout(sessionId: string): Promise<string[]> {
  const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, sessionId));
  return lines.map((line) => line.type);
}

describe('SES2 a session that nobody uses', () => {
  test('locks after 30 minutes by the server’s clock, and serves what is marked alone', async () => {
    const { jar, sessionId } = await open();
    const beforeMs = Date.now() - 30 * 60_000;
    await server.database.db
      .update(sessions)
      .set({ lastActiveAt: new Date(beforeMs) })
      .where(eq(sessions.id, sessionId));
    expect(await jar.code('GET', '/api/cameras')).toBe('sessionLocked');
    expect(await jar.code('POST', '/api/session/activity')).toBe('sessionLocked');
    expect(await jar.code('GET', '/api/sessions')).toBe('sessionLocked');
    const { body } = await jar.call('GET', '/api/me');
    expect(body['session']).toMatchObject({ state: 'locked', locksAt: null, unlockFactors: ['password'] });
    // The clock runs every 15 s.
    await until(async () => (await typesAbout(sessionId)).includes('session.locked'), 25_000);
    expect(await jar.code('POST', '/api/auth/sign-out', {})).toBe('ok');
    expect(await jar.code('GET', '/api/me')).toBe('notSignedIn');
  });

  test('stays open while activity is reported', async () => {
    const { jar, sessionId } = await open();
    const beforeMs = Date.now() - 29 * 60_000;
    await server.database.db
      .update(sessions)
      .set({ lastActiveAt: new Date(beforeMs) })
      .where(eq(sessions.id, sessionId));
    const { body } = await jar.call('POST', '/api/session/activity');
    expect(Date.parse(String(body['locksAt']))).toBeGreaterThan(Date.now() + 29 * 60_000);
  });
});

describe('SES3 a locked session', () => {
  test('is unlocked by its user with one factor, and a copy of its cookie is worth nothing then', async () => {
    const { jar, sessionId } = await open();
    expect(await jar.code('POST', '/api/session/lock')).toBe('ok');
    const stolen = jar.copy();
    expect(await stolen.code('GET', '/api/cameras')).toBe('sessionLocked');
    expect(await unlock(jar)).toBe('ok');
    expect(await jar.code('GET', '/api/cameras')).toBe('ok');
    expect(await stolen.code('GET', '/api/me')).toBe('notSignedIn');
    const { body } = await jar.call('GET', '/api/me');
    expect(body['session']).toMatchObject({ id: sessionId, state: 'active' });
    expect(await typesAbout(sessionId)).toEqual(expect.arrayContaining(['session.locked', 'session.unlocked']));
  });

  test('is not unlocked by what others know, and is lost with the account after five tries', async () => {
    const { jar } = await open();
    const other = await open();
    await other.jar.call('POST', '/api/account/password', { password: testPassword, newPassword: 'a river of stones' });
    await jar.call('POST', '/api/session/lock');
    for (let index = 0; index < 5; index += 1) expect(await unlock(jar, 'a river of stones')).toBe('wrongCredentials');
    expect(await unlock(jar)).toBe('notSignedIn');
  });

  test('is not needed to be unlocked when it is open', async () => {
    expect(await unlock((await open()).jar)).toBe('conflict');
  });
});

describe('the own sessions', () => {
  test('are listed with where they are, and one can be ended', async () => {
    const { jar, userId, sessionId } = await open();
    const other = await server.database.db.select().from(sessions).where(eq(sessions.userId, userId));
    expect(other).toHaveLength(1);
    const { body } = await jar.call('GET', '/api/sessions');
    expect(body['sessions']).toMatchObject([
      { id: sessionId, isCurrent: true, sourceAddress: '127.0.0.1', deviceClass: 'console', method: 'password' },
    ]);
    expect(await jar.code('POST', `/api/sessions/${(await open()).sessionId}/end`)).toBe('notFound');
    expect(await jar.code('POST', `/api/sessions/${sessionId}/end`)).toBe('ok');
    expect(await jar.code('GET', '/api/me')).toBe('notSignedIn');
  });
});

describe('SES7 a wall display', () => {
  test('receives and does nothing else, does not lock, and leaves a line', async () => {
    const { jar, sessionId } = await open('supervisor');
    const declared = await jar.call('POST', `/api/sessions/${sessionId}/wall-display`);
    expect(declared.body).toMatchObject({ deviceClass: 'wallDisplay', locksAt: null });
    const { body } = await jar.call('GET', '/api/me');
    expect(body['permissions']).toEqual([
      'camera.list',
      'camera.view',
      'wall.read',
      'incident.read',
      'site.read',
      'alert.read',
    ]);
    expect(await jar.code('GET', '/api/cameras')).toBe('ok');
    expect(await jar.code('POST', '/api/walls', { name: 'W', layout: '4', incidentId: null })).toBe('notPermitted');
    expect(await jar.code('GET', '/api/grants')).toBe('notPermitted');
    expect(await jar.code('POST', '/api/account/totp', { password: testPassword })).toBe('notPermitted');
    expect(await jar.code('POST', '/api/session/lock')).toBe('conflict');
    const beforeMs = Date.now() - 60 * 60_000;
    await server.database.db
      .update(sessions)
      .set({ lastActiveAt: new Date(beforeMs) })
      .where(eq(sessions.id, sessionId));
    expect(await jar.code('GET', '/api/cameras')).toBe('ok');
    expect(await typesAbout(sessionId)).toContain('session.declaredWallDisplay');
  });

  test('is declared by a supervisor, for an own session', async () => {
    const analyst = await open();
    const path = `/api/sessions/${analyst.sessionId}/wall-display`;
    expect(await analyst.jar.code('POST', path)).toBe('notPermitted');
    expect(await (await open('supervisor')).jar.code('POST', path)).toBe('notFound');
  });
});

test('a session fixed by somebody else is not the one that is signed in', async () => {
  const { jar } = await open();
  const { userId } = await open();
  const [row] = await server.database.db.select().from(sessions).where(eq(sessions.userId, userId));
  const planted = jar.cookie;
  const victim = new CookieJar(server, planted);
  const user = await server.services.users.list(await administratorActor());
  const email = user.find((account) => account.id === userId)?.email;
  await victim.call('POST', '/api/auth/sign-in/email', { email, password: testPassword });
  expect(victim.cookie).not.toBe(planted);
  expect((await jar.call('GET', '/api/me')).body['user']).not.toMatchObject({ id: userId });
  expect(row).toBeDefined();
});

async function administratorActor() {
  const { actor } = await server.signIn('administrator');
  if (actor === null) throw new Error('Nobody signed in.');
  return actor;
}
