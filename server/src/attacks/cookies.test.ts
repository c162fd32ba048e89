import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessions } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestUser, testPassword } from '../testing/seed.ts';
import { totpCode } from '../testing/totpCode.ts';

// Cookies that somebody stole, planted, changed or carried over to another person.

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer({ publicUrl: 'https://commonsight.example' });
});

afterAll(() => server.close());

const signInPath = '/api/auth/sign-in/email';
const makeUser = () => seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });

async function signIn(email: string, jar = new CookieJar(server)): Promise<CookieJar> {
  expect(await jar.code('POST', signInPath, { email, password: testPassword })).toBe('ok');
  return jar;
}

describe('every cookie that is set', () => {
  test('is for this host over TLS alone, and for no script and no other site', async () => {
    const { email } = await makeUser();
    const jar = new CookieJar(server);
    const signedIn = await jar.call('POST', signInPath, { email, password: testPassword });
    const { body } = await jar.call('POST', '/api/account/totp', { password: testPassword });
    const code = await totpCode(String(body['secret']));
    const answers = [
      signedIn,
      await jar.call('POST', '/api/account/totp/confirm', { code }),
      // What is owed a second factor.
      await server.nobody.call('POST', signInPath, { email, password: testPassword }),
      await server.nobody.call('POST', '/api/auth/passkey/options'),
      await jar.call('POST', '/api/session/lock'),
      await jar.call('POST', '/api/session/unlock', { factor: 'password', password: testPassword }),
      await jar.call('POST', '/api/auth/sign-out', {}),
    ];
    const lines = answers.flatMap((answer) => [answer.headers['set-cookie'] ?? []].flat().map(String));
    expect(lines.length).toBeGreaterThanOrEqual(7);
    for (const line of lines) {
      expect(line).toMatch(/^__Host-commonsight\.[\w-]+=/);
      for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) {
        expect(line.split('; ')).toContain(attribute);
      }
      expect(line).not.toMatch(/Domain=/i);
    }
  });

  test('over plain http on this machine has the same but TLS', async () => {
    const plain = await createTestServer();
    try {
      const { email } = await seedTestUser(plain.database.db, { agencyId: plain.agencyId, role: 'analyst' });
      const answer = await plain.nobody.call('POST', signInPath, { email, password: testPassword });
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^commonsight\.session_token=.*Path=\/; HttpOnly; SameSite=Strict$/,
      );
    } finally {
      await plain.close();
    }
  });
});

describe('a cookie that was planted', () => {
  test('under the name without its prefix opens nothing', async () => {
    const { email } = await makeUser();
    const { cookie } = await signIn(email);
    const plain = cookie.replaceAll('__Host-', '');
    for (const planted of [plain, cookie.replaceAll('__Host-', '__Secure-')]) {
      expect(await new CookieJar(server, planted).code('GET', '/api/me')).toBe('notSignedIn');
    }
    expect(await new CookieJar(server, cookie).code('GET', '/api/me')).toBe('ok');
  });

  test('before a sign-in is not the session after it, and stays its planter’s', async () => {
    const [planter, victim] = [await makeUser(), await makeUser()];
    const { cookie: planted } = await signIn(planter.email);
    const jar = await signIn(victim.email, new CookieJar(server, planted));
    expect(jar.cookie).not.toBe(planted);
    const { body } = await new CookieJar(server, planted).call('GET', '/api/me');
    expect(body['user']).toMatchObject({ id: planter.userId });
    expect((await jar.call('GET', '/api/me')).body['user']).toMatchObject({ id: victim.userId });
  });

  test('that the server has never signed is no session, whatever it says', async () => {
    const { email, userId } = await makeUser();
    await signIn(email);
    const [row] = await server.database.db.select().from(sessions).where(eq(sessions.userId, userId));
    const name = '__Host-commonsight.session_token';
    const token = row?.token ?? '';
    for (const value of [
      token,
      `${token}.`,
      `${token}.AAAA`,
      `${token}.${token}`,
      encodeURIComponent(`${token}.AA==`),
    ]) {
      expect(await new CookieJar(server, `${name}=${value}`).code('GET', '/api/me')).toBe('notSignedIn');
    }
  });
});

describe('a cookie that was stolen is worth nothing after', () => {
  const acts = [
    ['signing out', (jar: CookieJar) => jar.code('POST', '/api/auth/sign-out', {})],
    [
      'locking and unlocking',
      async (jar: CookieJar) => {
        await jar.code('POST', '/api/session/lock');
        return jar.code('POST', '/api/session/unlock', { factor: 'password', password: testPassword });
      },
    ],
    [
      'a change of the password',
      (jar: CookieJar) =>
        jar.code('POST', '/api/account/password', { password: testPassword, newPassword: 'quiet river stone' }),
    ],
    [
      'disabling the account',
      async (_jar: CookieJar, userId: string) => {
        const administrator = await server.signIn('administrator');
        return (await administrator.call('POST', `/api/users/${userId}/disable`)).body.error?.code ?? 'ok';
      },
    ],
  ] as const;

  test.each(acts)('%s', async (_what, act) => {
    const { email, userId } = await makeUser();
    const jar = await signIn(email);
    const stolen = jar.copy();
    expect(await stolen.code('GET', '/api/me')).toBe('ok');
    expect(await act(jar, userId)).toBe('ok');
    expect(await stolen.code('GET', '/api/me')).toBe('notSignedIn');
    expect(await stolen.code('POST', '/api/session/activity')).toBe('notSignedIn');
  });

  test('locking, as long as nobody unlocks', async () => {
    const jar = await signIn((await makeUser()).email);
    const stolen = jar.copy();
    expect(await jar.code('POST', '/api/session/lock')).toBe('ok');
    for (const path of ['/api/cameras', '/api/incidents', '/api/sessions', '/api/walls']) {
      expect(await stolen.code('GET', path)).toBe('sessionLocked');
    }
  });
});
