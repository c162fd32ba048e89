import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, users } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPassword } from '../testing/seed.ts';
import { stopDate } from '../testing/stopDate.ts';
import { totpCode } from '../testing/totpCode.ts';
import { defaultSessionRules } from './sessionRules.ts';

stopDate();

let server: TestServer;
let rules = defaultSessionRules;

beforeAll(async () => {
  server = await createTestServer({}, { sessionRules: () => Promise.resolve(rules) });
});

afterAll(() => server.close());

const signInPath = '/api/auth/sign-in/email';
const secondPath = '/api/auth/second-factor';

async function emailOf(client: TestClient): Promise<string> {
  const [row] = await server.database.db
    .select()
    .from(users)
    .where(eq(users.id, client.actor?.userId ?? ''));
  return row?.email ?? '';
}

/** A user with an authenticator app, whose code of the half minute before is used. */
async function enrol() {
  const client = await server.signIn('analyst');
  const email = await emailOf(client);
  const jar = new CookieJar(server, client.cookie);
  const begun = await jar.call('POST', '/api/account/totp', { password: testPassword });
  const { secret, backupCodes } = begun.body as unknown as { secret: string; backupCodes: string[] };
  const before = jar.copy();
  expect(await jar.code('POST', '/api/account/totp/confirm', { code: await totpCode(secret, -1) })).toBe('ok');
  return { client, email, jar, before, secret, backupCodes };
}

async function provePassword(email: string): Promise<CookieJar> {
  const jar = new CookieJar(server);
  const answer = await jar.call('POST', signInPath, { email, password: testPassword });
  expect(answer.body).toEqual({ next: 'secondFactor' });
  return jar;
}

describe('a second factor', () => {
  test('is set up with the password and a code, and asked for at the next sign-in', async () => {
    const { client, email, jar, before, secret } = await enrol();
    expect((await jar.call('GET', '/api/me')).body['session']).toMatchObject({
      hasSecondFactor: true,
      unlockFactors: ['password', 'totp'],
    });
    // The cookie from before was replaced.
    expect(await before.code('GET', '/api/me')).toBe('notSignedIn');

    const next = await provePassword(email);
    expect(await next.code('GET', '/api/me')).toBe('notSignedIn');
    expect(await next.code('POST', secondPath, { factor: 'totp', code: await totpCode(secret) })).toBe('ok');
    expect((await next.call('GET', '/api/me')).status).toBe(200);
    const lines = await server.database.db.select().from(auditEvents);
    const own = lines.filter((line) => line.actorId === client.actor?.userId).map((line) => line.type);
    expect(own).toEqual(expect.arrayContaining(['secondFactor.begun', 'secondFactor.enabled', 'session.challenged']));
    expect(own.filter((type) => type === 'session.started')).toHaveLength(2);
  });

  test('needs the password, and the code of that secret', async () => {
    const client = await server.signIn('analyst');
    expect((await client.call('POST', '/api/account/totp', { password: 'wrong' })).body.error?.code).toBe(
      'wrongCredentials',
    );
    await client.call('POST', '/api/account/totp', { password: testPassword });
    const answer = await client.call('POST', '/api/account/totp/confirm', { code: '000000' });
    expect(answer.body.error?.code).toBe('wrongCredentials');
    expect((await client.call('GET', '/api/me')).body['session']).toMatchObject({ hasSecondFactor: false });
  });

  test('SES6 a code works once, also for who has watched it being typed', async () => {
    const { email, secret } = await enrol();
    const code = await totpCode(secret);
    const [first, second] = [await provePassword(email), await provePassword(email)];
    const answers = await Promise.all(
      [first, second].map((jar) => jar.code('POST', secondPath, { factor: 'totp', code })),
    );
    expect(answers).toEqual(expect.arrayContaining(['ok', 'wrongCredentials']));
    const third = await provePassword(email);
    expect(await third.code('POST', secondPath, { factor: 'totp', code })).toBe('wrongCredentials');
  });

  test('SES6 a backup code works once', async () => {
    const { email, backupCodes } = await enrol();
    const proof = { factor: 'backupCode', code: backupCodes[0] };
    expect(await (await provePassword(email)).code('POST', secondPath, proof)).toBe('ok');
    expect(await (await provePassword(email)).code('POST', secondPath, proof)).toBe('wrongCredentials');
    expect(backupCodes).toHaveLength(10);
  });

  test('SES5 failed codes count together, over new sign-ins', async () => {
    const { email, secret } = await enrol();
    for (let index = 0; index < 5; index += 1) {
      const jar = await provePassword(email);
      expect(await jar.code('POST', secondPath, { factor: 'totp', code: '000000' })).toBe('wrongCredentials');
    }
    const jar = new CookieJar(server);
    expect(await jar.code('POST', signInPath, { email, password: testPassword })).toBe('wrongCredentials');
    const row = await server.database.db.select().from(users).where(eq(users.email, email));
    expect(row[0]?.lockedAt).not.toBeNull();
    expect(secret).not.toBe('');
  });

  test('cannot be proved without the password before, nor with somebody else’s session', async () => {
    const { secret } = await enrol();
    const stranger = new CookieJar(server, (await server.signIn('analyst')).cookie);
    const proof = { factor: 'totp', code: await totpCode(secret) };
    expect(await new CookieJar(server).code('POST', secondPath, proof)).toBe('wrongCredentials');
    expect(await stranger.code('POST', secondPath, proof)).toBe('wrongCredentials');
  });

  test('is removed with the password, and reset by an administrator, which ends the sessions', async () => {
    const { jar, email } = await enrol();
    expect(await jar.code('POST', '/api/account/totp/remove', { password: testPassword })).toBe('ok');
    const again = new CookieJar(server);
    expect((await again.call('POST', signInPath, { email, password: testPassword })).body).toEqual({ next: 'session' });

    const { client, jar: lost } = await enrol();
    const administrator = await server.signIn('administrator');
    const reset = await administrator.call('POST', `/api/users/${client.actor?.userId}/reset-second-factor`);
    expect(reset.body).toMatchObject({ hasSecondFactor: false });
    expect(await lost.code('GET', '/api/me')).toBe('notSignedIn');
  });

  test('that the agency demands is set up before anything else is served', async () => {
    rules = { ...defaultSessionRules, requireSecondFactor: 'administrators' };
    try {
      const client = await server.signIn('administrator');
      const jar = new CookieJar(server, client.cookie);
      expect(await jar.code('GET', '/api/users')).toBe('secondFactorNeeded');
      const { body } = await jar.call('POST', '/api/account/totp', { password: testPassword });
      expect(
        await jar.code('POST', '/api/account/totp/confirm', { code: await totpCode(String(body['secret'])) }),
      ).toBe('ok');
      expect(await jar.code('GET', '/api/users')).toBe('ok');
      expect(await jar.code('POST', '/api/account/totp/remove', { password: testPassword })).toBe('conflict');
      const analyst = await server.signIn('analyst');
      expect((await analyst.call('GET', '/api/cameras')).status).toBe(200);
    } finally {
      rules = defaultSessionRules;
    }
  });
});

test('backup codes are renewed, and the old ones work no more', async () => {
  const { jar, email, backupCodes } = await enrol();
  const { body } = await jar.call('POST', '/api/account/backup-codes', { password: testPassword });
  expect(body['backupCodes']).toHaveLength(10);
  const next = await provePassword(email);
  const old = { factor: 'backupCode', code: backupCodes[1] };
  expect(await next.code('POST', secondPath, old)).toBe('wrongCredentials');
});

test('a changed password ends the other sessions and every copy of the cookie', async () => {
  const client = await server.signIn('analyst');
  const email = await emailOf(client);
  const jar = new CookieJar(server, client.cookie);
  const other = new CookieJar(server);
  await other.call('POST', signInPath, { email, password: testPassword });
  const change = { password: testPassword, newPassword: 'quiet river stone' };
  expect((await jar.call('POST', '/api/account/password', change)).body).toMatchObject({ hasRecommendedLength: true });
  expect(await other.code('GET', '/api/me')).toBe('notSignedIn');
  expect((await client.call('GET', '/api/me')).status).toBe(401);
  expect(await jar.code('GET', '/api/me')).toBe('ok');
  const common = { password: 'quiet river stone', newPassword: 'password1' };
  expect(await jar.code('POST', '/api/account/password', common)).toBe('badRequest');
});
