import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { testPassword } from '../testing/seed.ts';
import { SoftwarePasskey } from '../testing/SoftwarePasskey.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer();
});

afterAll(() => server.close());

const origin = 'http://localhost:8080';

interface Options {
  options: { challenge: string; userVerification?: string };
}

async function optionsOf(jar: CookieJar, path: string, body?: unknown): Promise<Options['options']> {
  return ((await jar.call('POST', path, body)).body as unknown as Options).options;
}

/** A user with a passkey. */
async function enrol(passkey = new SoftwarePasskey(origin)) {
  const client = await server.signIn('analyst');
  const jar = new CookieJar(server, client.cookie);
  const options = await optionsOf(jar, '/api/account/passkeys/options', { password: testPassword });
  const response = passkey.create(options);
  const code = await jar.code('POST', '/api/account/passkeys', { name: 'Desk', response });
  return { jar, passkey, userId: client.actor?.userId ?? '', code };
}

async function signIn(passkey: SoftwarePasskey): Promise<{ jar: CookieJar; code: string }> {
  const jar = new CookieJar(server);
  const options = await optionsOf(jar, '/api/auth/passkey/options');
  expect(options.userVerification).toBe('required');
  return { jar, code: await jar.code('POST', '/api/auth/passkey/sign-in', { response: passkey.get(options) }) };
}

describe('a passkey', () => {
  test('is added with the password and a line, listed, and signs in', async () => {
    const { jar, passkey, userId, code } = await enrol();
    expect(code).toBe('ok');
    expect((await jar.call('GET', '/api/account/passkeys')).body['passkeys']).toMatchObject([{ name: 'Desk' }]);
    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, userId));
    expect(lines.map((line) => line.type)).toContain('passkey.added');

    const signedIn = await signIn(passkey);
    expect(signedIn.code).toBe('ok');
    expect((await signedIn.jar.call('GET', '/api/me')).body).toMatchObject({
      user: { id: userId },
      session: { method: 'passkey', unlockFactors: ['password', 'passkey'] },
    });
  });

  test('without a finger or PIN is no sign-in, and is not added', async () => {
    const { passkey } = await enrol();
    passkey.verifiesUser = false;
    expect((await signIn(passkey)).code).toBe('wrongCredentials');
    expect((await enrol(passkey)).code).toBe('badRequest');
  });

  test('that nobody has is refused like any other', async () => {
    expect((await signIn(new SoftwarePasskey(origin))).code).toBe('wrongCredentials');
  });

  test('answers its own challenge alone, once, and from this origin', async () => {
    const { passkey } = await enrol();
    const jar = new CookieJar(server);
    const response = passkey.get(await optionsOf(jar, '/api/auth/passkey/options'));
    expect(await jar.copy().code('POST', '/api/auth/passkey/sign-in', { response })).toBe('ok');
    expect(await jar.code('POST', '/api/auth/passkey/sign-in', { response })).toBe('wrongCredentials');
    const evil = await enrol(new SoftwarePasskey('http://evil.example'));
    expect(evil.code).toBe('badRequest');
  });

  test('SES3 unlocks the session of its own user and of nobody else, and starts no other', async () => {
    const [own, other] = [await enrol(), await enrol()];
    await own.jar.call('POST', '/api/session/lock');
    const unlock = async (passkey: SoftwarePasskey) => {
      const options = await optionsOf(own.jar, '/api/session/unlock/passkey-options');
      return own.jar.code('POST', '/api/session/unlock', { factor: 'passkey', response: passkey.get(options) });
    };
    expect(await unlock(other.passkey)).toBe('wrongCredentials');
    expect(await own.jar.code('GET', '/api/cameras')).toBe('sessionLocked');
    expect(await unlock(own.passkey)).toBe('ok');
    expect((await own.jar.call('GET', '/api/sessions')).body['sessions']).toHaveLength(1);
  });

  test('is removed with the password', async () => {
    const { jar, passkey } = await enrol();
    const { body } = await jar.call('GET', '/api/account/passkeys');
    const [{ id } = { id: '' }] = body['passkeys'] as { id: string }[];
    const path = `/api/account/passkeys/${id}/remove`;
    expect(await jar.code('POST', path, { password: 'wrong' })).toBe('wrongCredentials');
    expect(await jar.code('POST', path, { password: testPassword })).toBe('ok');
    expect((await signIn(passkey)).code).toBe('wrongCredentials');
  });
});
