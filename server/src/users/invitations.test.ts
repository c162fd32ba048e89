import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, invitations, users } from '../db/schema.ts';
import { useNotice } from '../sessions/useNotice.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { createAgency } from './createAgency.ts';

let server: TestServer;
let administrator: TestClient;

beforeAll(async () => {
  server = await createTestServer();
  administrator = await server.signIn('administrator');
});

afterAll(() => server.close());

const password = 'quiet river stone';
let made = 0;

async function invite(): Promise<{ id: string; email: string; token: string; link: string }> {
  made += 1;
  const email = `invited-${made}@test.example`;
  const { body } = await administrator.call('POST', '/api/invitations', { name: 'New Person', email, role: 'analyst' });
  const link = String(body['link']);
  return { id: (body['account'] as { id: string }).id, email, link, token: link.split('#')[1] ?? '' };
}

const accept = (token: string, chosen = password, useNoticeVersion = useNotice.version) =>
  server.nobody.call('POST', '/api/invitations/accept', { token, password: chosen, useNoticeVersion });

const signIn = (email: string) => server.nobody.call('POST', '/api/auth/sign-in/email', { email, password });

describe('an invitation', () => {
  test('lets its person set the password and accept the use notice, and sign in', async () => {
    const { id, email, token, link } = await invite();
    expect(link).toMatch(/^http:\/\/localhost:8080\/invitation#/);
    const page = await server.nobody.call('POST', '/api/invitations/read', { token });
    expect(page.body).toMatchObject({ name: 'New Person', email, agencyName: 'Test agency', useNotice });
    expect((await signIn(email)).status).toBe(401);

    expect((await accept(token)).body).toEqual({ hasRecommendedLength: true, advice: null });
    expect((await signIn(email)).status).toBe(200);
    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, id));
    expect(lines.map((line) => line.type)).toEqual(
      expect.arrayContaining(['user.invitationAccepted', 'useNotice.accepted']),
    );
    const [row] = await server.database.db.select().from(invitations).where(eq(invitations.userId, id));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('SES6 works once', async () => {
    const { token } = await invite();
    const answers = await Promise.all([accept(token), accept(token, 'another river stone')]);
    expect(answers.map((answer) => answer.status)).toEqual(expect.arrayContaining([200, 410]));
    expect((await accept(token)).body.error?.code).toBe('codeNotAccepted');
  });

  test('is over after 72 hours', async () => {
    const { id, token } = await invite();
    const [row] = await server.database.db.select().from(invitations).where(eq(invitations.userId, id));
    expect((row?.endsAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)).toBe(72 * 60 * 60_000);
    await server.database.db.update(invitations).set({ endsAt: new Date() }).where(eq(invitations.userId, id));
    const codes = [await accept(token), await server.nobody.call('POST', '/api/invitations/read', { token })];
    expect(codes.map((answer) => answer.body.error?.code)).toEqual(['codeNotAccepted', 'codeNotAccepted']);
  });

  test('takes no bad password, and is not used up by one', async () => {
    const { token } = await invite();
    expect((await accept(token, 'password1')).body.error?.code).toBe('badRequest');
    expect((await accept(token, 'person of interest')).body.error?.code).toBe('badRequest');
    expect((await accept(token, password, useNotice.version + 1)).body.error?.code).toBe('conflict');
    expect((await accept(token)).status).toBe(200);
  });

  test('that is renewed makes the one before worthless', async () => {
    const { id, token } = await invite();
    const again = await administrator.call('POST', `/api/users/${id}/invite-again`);
    expect(again.body['account']).toMatchObject({ state: 'invited', invitationEndsAt: expect.any(String) });
    expect((await accept(token)).status).toBe(410);
    expect((await accept(String(again.body['link']).split('#')[1] ?? '')).status).toBe(200);
    expect((await administrator.call('POST', `/api/users/${id}/invite-again`)).status).toBe(409);
  });

  test('sets no password for who signs in another way', async () => {
    const { id, token } = await invite();
    await server.database.db.update(users).set({ lastSignInAt: new Date() }).where(eq(users.id, id));
    expect((await accept(token)).status).toBe(410);
    expect((await administrator.call('POST', `/api/users/${id}/invite-again`)).status).toBe(409);
  });

  test('of a disabled account is worth nothing', async () => {
    const { id, token } = await invite();
    await administrator.call('POST', `/api/users/${id}/disable`);
    expect((await accept(token)).status).toBe(410);
  });
});

test('MSG6 an administrator of another agency finds none of these users', async () => {
  const { id } = await invite();
  const stranger = await server.signIn('administrator', await seedTestAgency(server.database.db, 'Elsewhere'));
  for (const act of ['invite-again', 'release', 'disable', 'enable']) {
    const answer = await stranger.call('POST', `/api/users/${id}/${act}`);
    expect([act, answer.status]).toEqual([act, 404]);
  }
});

test('a disabled account is enabled again', async () => {
  const { id, email, token } = await invite();
  await accept(token);
  await administrator.call('POST', `/api/users/${id}/disable`);
  expect((await signIn(email)).status).toBe(401);
  expect((await administrator.call('POST', `/api/users/${id}/enable`)).body).toMatchObject({ state: 'active' });
  expect((await signIn(email)).status).toBe(200);
});

test('SES1 without the use notice a session is worth nothing', async () => {
  const email = 'first@test.example';
  await createAgency(server.database.db, { agencyName: 'Third', administratorName: 'First', email, password });
  const signedIn = await signIn(email);
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
  const call = (method: string, path: string, body?: unknown) => server.nobody.call(method, path, body, { cookie });
  expect((await call('GET', '/api/users')).body.error?.code).toBe('noticeNeeded');
  expect((await call('GET', '/api/me')).body['session']).toMatchObject({ state: 'noticeNeeded' });
  const { body } = await server.nobody.call('GET', '/api/use-notice');
  expect((await call('POST', '/api/session/accept-use-notice', { version: 99 })).status).toBe(409);
  const accepted = await call('POST', '/api/session/accept-use-notice', { version: body['version'] });
  expect(accepted.body).toMatchObject({ state: 'active' });
  expect((await call('GET', '/api/users')).status).toBe(200);
});
