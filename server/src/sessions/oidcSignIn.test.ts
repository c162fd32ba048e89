import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accounts, auditEvents, users } from '../db/schema.ts';
import { CookieJar } from '../testing/CookieJar.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestUser } from '../testing/seed.ts';
import { type TestOidcProvider, oidcClient, startOidcProvider } from '../testing/startOidcProvider.ts';

const redirectUri = 'http://localhost:8080/api/auth/callback/oidc';
let provider: TestOidcProvider;
let server: TestServer;

beforeAll(async () => {
  provider = await startOidcProvider(redirectUri);
  server = await createTestServer({ oidc: { name: 'City account', issuer: provider.issuer, ...oidcClient } });
});

afterAll(async () => {
  await server.close();
  await provider.close();
});

async function start(jar = new CookieJar(server)): Promise<{ jar: CookieJar; url: string }> {
  const { body } = await jar.call('POST', '/api/auth/oidc/start');
  return { jar, url: String(body['url']) };
}

/** The path, on this server, that the provider sends the browser back to. */
async function comeBack(url: string, person: string): Promise<string> {
  const back = new URL(await provider.signIn(url, person));
  return back.pathname + back.search;
}

async function signIn(person: string): Promise<{ jar: CookieJar; location: unknown }> {
  const { jar, url } = await start();
  const answer = await jar.call('GET', await comeBack(url, person));
  return { jar, location: answer.headers['location'] };
}

const makeUser = () => seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });

describe('single sign-on', () => {
  test('is offered by its name, with PKCE, state and nonce', async () => {
    const { body } = await server.nobody.call('GET', '/api/auth/options');
    expect(body).toEqual({ hasPasskeys: true, oidc: { name: 'City account' } });
    const { searchParams } = new URL((await start()).url);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('redirect_uri')).toBe(redirectUri);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(searchParams.get(name)).not.toBeNull();
  });

  test('signs an invited person in by the verified email, again and again', async () => {
    const user = await makeUser();
    provider.people.set('lea', { email: user.email, isVerified: true });
    const { jar, location } = await signIn('lea');
    expect(location).toBe('/');
    const { body } = await jar.call('GET', '/api/me');
    expect(body).toMatchObject({ user: { id: user.userId }, session: { method: 'oidc', state: 'active' } });
    expect((await signIn('lea')).location).toBe('/');
    const linked = await server.database.db.select().from(accounts).where(eq(accounts.userId, user.userId));
    expect(linked.filter((account) => account.providerId === 'oidc')).toHaveLength(1);

    // Whose email the provider does not vouch for any more is refused, linked or not.
    provider.people.set('lea', { email: user.email, isVerified: false });
    expect((await signIn('lea')).location).toBe('/?signIn=refused');
  });

  test('signs nobody up, takes no unverified email, and writes refusals down', async () => {
    const user = await makeUser();
    provider.people.set('stranger', { email: 'stranger@test.example', isVerified: true });
    provider.people.set('pretender', { email: user.email, isVerified: false });
    for (const person of ['stranger', 'pretender']) {
      const { jar, location } = await signIn(person);
      expect(location).toBe('/?signIn=refused');
      expect(await jar.code('GET', '/api/me')).toBe('notSignedIn');
    }
    const strangers = await server.database.db.select().from(users).where(eq(users.email, 'stranger@test.example'));
    expect(strangers).toEqual([]);
    const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.type, 'session.refused'));
    expect(lines.filter((line) => line.details['factor'] === 'oidc').length).toBeGreaterThanOrEqual(2);
  });

  test('signs in to no disabled and no locked account', async () => {
    const [disabled, locked] = [await makeUser(), await makeUser()];
    const { db } = server.database;
    await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId));
    await db.update(users).set({ lockedAt: new Date() }).where(eq(users.id, locked.userId));
    provider.people.set('disabled', { email: disabled.email, isVerified: true });
    provider.people.set('locked', { email: locked.email, isVerified: true });
    for (const person of ['disabled', 'locked']) expect((await signIn(person)).location).toBe('/?signIn=refused');
  });

  test('takes an answer once, and in the browser that asked alone', async () => {
    const user = await makeUser();
    provider.people.set('max', { email: user.email, isVerified: true });
    const { jar, url } = await start();
    const back = await comeBack(url, 'max');
    // Somebody else's browser is led there: it must not be signed in to this account.
    const victim = new CookieJar(server);
    expect((await victim.call('GET', back)).headers['location']).toBe('/?signIn=refused');
    expect(await victim.code('GET', '/api/me')).toBe('notSignedIn');

    const second = await start();
    const answer = await comeBack(second.url, 'max');
    expect((await second.jar.call('GET', answer)).headers['location']).toBe('/');
    const replay = await new CookieJar(server, jar.cookie).call('GET', answer);
    expect(replay.headers['location']).toBe('/?signIn=refused');
    const forged = await start();
    const other = new URL(`http://localhost${await comeBack(forged.url, 'max')}`);
    other.searchParams.set('code', 'made-up');
    expect((await forged.jar.call('GET', other.pathname + other.search)).headers['location']).toBe('/?signIn=refused');
  });
});

test('signs nobody in where agencies share a server: one’s provider would open the accounts of another', async () => {
  const { db } = server.database;
  const other = await seedTestAgency(db, 'Elsewhere');
  const users = [await makeUser(), await seedTestUser(db, { agencyId: other, role: 'supervisor' })];
  for (const [at, { email }] of users.entries()) {
    provider.people.set(`person ${at}`, { email, isVerified: true });
    const { jar, location } = await signIn(`person ${at}`);
    expect(location).toBe('/?signIn=refused');
    expect(await jar.code('GET', '/api/me')).toBe('notSignedIn');
  }
});

test('without configuration there is none', async () => {
  const own = await createTestServer();
  try {
    expect((await own.nobody.call('GET', '/api/auth/options')).body['oidc']).toBeNull();
    expect((await own.nobody.call('POST', '/api/auth/oidc/start')).status).toBe(404);
  } finally {
    await own.close();
  }
});
