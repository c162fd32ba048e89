import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { users, verifications } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestUser, testPassword } from '../testing/seed.ts';
import { stopDate } from '../testing/stopDate.ts';
import { totpCode } from '../testing/totpCode.ts';

// Who knows a password and has watched a code being typed, or has a cookie from between the two steps of a sign-in.

stopDate();

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const signInPath = '/api/auth/sign-in/email';
const secondPath = '/api/auth/second-factor';

/** Somebody with an authenticator app whose code of the half minute before is used. */
async function enrol() {
  const { email, userId } = await seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });
  const jar = new CookieJar(server);
  await jar.call('POST', signInPath, { email, password: testPassword });
  const { body } = await jar.call('POST', '/api/account/totp', { password: testPassword });
  const secret = String(body['secret']);
  expect(await jar.code('POST', '/api/account/totp/confirm', { code: await totpCode(secret, -1) })).toBe('ok');
  return { email, userId, secret, jar };
}

describe('the cookie of who owes the second factor', () => {
  /** A browser that has proved the password and not the rest. */
  async function provePassword(email: string): Promise<CookieJar> {
    const jar = new CookieJar(server);
    expect((await jar.call('POST', signInPath, { email, password: testPassword })).body).toEqual({
      next: 'secondFactor',
    });
    return jar;
  }

  test('is no session', async () => {
    const jar = await provePassword((await enrol()).email);
    expect(await jar.code('GET', '/api/me')).toBe('notSignedIn');
    const renamed = jar.cookie.replaceAll(/two_factor/g, 'session_token');
    expect(await new CookieJar(server, renamed).code('GET', '/api/me')).toBe('notSignedIn');
  });

  test('takes the code of its own user alone, who is the one that is counted against', async () => {
    const [own, other] = [await enrol(), await enrol()];
    const jar = await provePassword(own.email);
    const code = await totpCode(other.secret);
    expect(await jar.code('POST', secondPath, { factor: 'totp', code })).toBe('wrongCredentials');
    // The other one's code was not used up by it.
    expect(await (await provePassword(other.email)).code('POST', secondPath, { factor: 'totp', code })).toBe('ok');
  });

  test('leads nowhere beside somebody else’s session, nor beside a second of its kind', async () => {
    const [own, other] = [await enrol(), await enrol()];
    const pending = (await provePassword(own.email)).cookie;
    const foreign = (await provePassword(other.email)).cookie;
    const both = new CookieJar(server, `${pending}; ${other.jar.cookie}`);
    expect(await both.code('POST', secondPath, { factor: 'totp', code: await totpCode(other.secret) })).toBe(
      'wrongCredentials',
    );
    for (const cookie of [`${pending}; ${foreign}`, `${foreign}; ${pending}`]) {
      const answer = await server.nobody.call(
        'POST',
        secondPath,
        { factor: 'totp', code: await totpCode(own.secret) },
        { cookie },
      );
      const setBy = [answer.headers['set-cookie'] ?? []].flat().map(String);
      const session = setBy.find((line) => line.includes('session_token='))?.split(';')[0];
      if (session === undefined) continue;
      const { body } = await new CookieJar(server, session).call('GET', '/api/me');
      expect(body['user']).toMatchObject({ id: own.userId });
    }
  });

  test('is over after five minutes, and used up by its sign-in', async () => {
    const { email, secret } = await enrol();
    const jar = await provePassword(email);
    const copy = jar.copy();
    const { db } = server.database;
    expect(await jar.code('POST', secondPath, { factor: 'totp', code: await totpCode(secret) })).toBe('ok');
    const proof = { factor: 'totp', code: await totpCode(secret, 1) };
    expect(await copy.code('POST', secondPath, proof)).toBe('wrongCredentials');
    const late = await provePassword(email);
    const [pending] = await db.select().from(verifications).orderBy(desc(verifications.createdAt)).limit(1);
    const leftMs = (pending?.expiresAt.getTime() ?? 0) - Date.now();
    expect(leftMs).toBeLessThanOrEqual(5 * 60_000);
    await db.update(verifications).set({ expiresAt: new Date() });
    expect(await late.code('POST', secondPath, proof)).toBe('wrongCredentials');
  });

  test('a code is used up by whatever it proved: a sign-in, an unlock, at the same moment too', async () => {
    const { email, secret, jar } = await enrol();
    const code = await totpCode(secret);
    expect(await jar.code('POST', '/api/session/lock')).toBe('ok');
    const pending = [await provePassword(email), await provePassword(email)];
    const answers = await Promise.all([
      ...pending.map((one) => one.code('POST', secondPath, { factor: 'totp', code })),
      jar.code('POST', '/api/session/unlock', { factor: 'totp', code }),
      jar.code('POST', '/api/session/unlock', { factor: 'totp', code: ` ${code}` }),
    ]);
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    for (const written of [
      code,
      `${code} `,
      `0${code}`,
      code.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    ]) {
      const late = await provePassword(email);
      expect(await late.code('POST', secondPath, { factor: 'totp', code: written })).not.toBe('ok');
    }
    const [row] = await server.database.db.select().from(users).where(eq(users.email, email));
    expect(row?.lockedAt).toBeNull();
  });
});
