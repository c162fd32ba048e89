import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReceivedApplication } from '@commonsight/types/application';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { Proof, ProofTask } from '@commonsight/types/registration';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { agencies, applications, auditEntries, auditEvents, ledgerLinks, sites } from '../db/schema.ts';
import { createPgliteDatabase } from '../db/testing/createTestDatabase.ts';
import { solve } from '../registry/testing/solve.ts';
import { hashOfSecret, makeSecret } from '../secrets.ts';
import { type TestAnswer, type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { applicationTerms } from './applicationTerms.ts';
import { seedTestApplication, startedApplication, testApplication } from './testing/seedTestApplication.ts';

let server: TestServer;
let administrator: TestClient;
const area = { south: 42, west: -89, north: 44, east: -87 };
const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

beforeAll(async () => {
  // On PGlite, whose one connection never answers where code inside a transaction asks past it.
  server = await createTestServer({}, { database: await createPgliteDatabase() });
  await server.database.db.update(agencies).set({ area }).where(eq(agencies.id, server.agencyId));
  administrator = await server.signIn('administrator');
});

afterAll(() => server.close());

let asked = 0;
let email = '';

beforeEach(() => {
  email = `applicant-${(asked += 1)}@test.example`;
});

/** From another address each time: the limit of one address has a test of its own. */
async function call(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  from?: string,
): Promise<Pick<TestAnswer, 'status' | 'body'>> {
  asked += 1;
  const answer = await server.server.app.inject({
    method,
    url: `/api${path}`,
    remoteAddress: from ?? `10.1.${Math.floor(asked / 250)}.${asked % 250}`,
    headers: { origin: server.config.publicUrl },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json<TestAnswer['body']>() };
}

const proof = async (): Promise<Proof> =>
  solve((await call('POST', '/registry/proof-tasks')).body as unknown as ProofTask);

const start = async (change: object = {}) =>
  call('POST', '/applications', {
    ...startedApplication,
    contact: { ...testApplication.contact, email },
    proof: await proof(),
    ...change,
  });

async function mails(to = email): Promise<string[]> {
  await server.services.registry.mails.settled();
  const folder = join(server.config.dataDir, 'mails');
  const names: string[] = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.filter((text) => text.startsWith(`To: ${to}\n`));
}

const secretIn = (mail: string | undefined, page: string) =>
  new RegExp(String.raw`${page}#([\w-]{43})`).exec(mail ?? '')?.[1] ?? '';
const open = (secret: string) => call('POST', '/applications/open', { secret });

/** A verified application, with the link's secret. */
async function applied(change: object = {}): Promise<{ id: string; secret: string }> {
  await start(change);
  const secret = secretIn((await mails()).at(-1), '/share/link');
  const { body } = await open(secret);
  return { id: String(body['id']), secret };
}

async function listed(): Promise<ReceivedApplication[]> {
  const { body } = await administrator.call('GET', '/api/applications');
  return body['applications'] as ReceivedApplication[];
}

const approval = { name: 'Quimby, corner of Hidden Yard', timeZone: 'America/Chicago' };
const approve = (id: string, by = administrator) => by.call('POST', `/api/applications/${id}/approve`, approval);
const refuse = (id: string, by = administrator) =>
  by.call('POST', `/api/applications/${id}/refuse`, { reason: 'noCapacity' });

const rowOf = async (id: string) =>
  (await server.database.db.select().from(applications).where(eq(applications.id, id)))[0];
const typesAbout = async (id: string) =>
  (await server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, id)))
    .filter(({ outcome }) => outcome === 'done')
    .map(({ type }) => type);

const spanishConsent = () => {
  const { version, hash } = applicationTerms.find(({ language }) => language === 'es') ?? { version: 0, hash: '' };
  return { version, hash };
};

test('anybody reads which agencies take applications, and the terms in both languages', async () => {
  const { body } = await call('GET', '/applications/form');
  expect(body['agencies']).toEqual([{ slug: 'test-agency', name: 'Test agency', area }]);
  expect((body['terms'] as { language: string }[]).map(({ language }) => language)).toEqual(['en', 'es']);
});

test('APP1 the agency sees an application once its mail is confirmed, and each reading is a line', async () => {
  expect(await start()).toMatchObject({ status: 200, body: { linkExpiresAt: expect.any(String) } });
  const emailHash = server.services.registry.keys.emailHashOf(email);
  const [row] = await server.database.db.select().from(applications).where(eq(applications.emailHash, emailHash));
  const id = row?.id ?? '';
  const waiting = async () => (await administrator.call('GET', '/api/applications/count')).body['waiting'] as number;
  const before = await waiting();
  expect((await listed()).map((one) => one.id)).not.toContain(id);
  expect((await approve(id)).body.error?.code).toBe('notFound');
  expect((await refuse(id)).body.error?.code).toBe('notFound');

  const secret = secretIn((await mails())[0], '/share/link');
  expect((await open(secret)).body).toMatchObject({
    id,
    state: 'waiting',
    agencyName: 'Test agency',
    name: testApplication.name,
    consent: { version: 1, hash: applicationTerms[0]?.hash },
  });
  expect(await waiting()).toBe(before + 1);
  const linesBefore = await administrator.call('GET', '/api/audit-events?type=application.listed&limit=100');
  const found = (await listed()).find((one) => one.id === id);
  expect(found).toMatchObject({ ...testApplication, contact: { ...testApplication.contact, email }, state: 'waiting' });
  const linesAfter = await administrator.call('GET', '/api/audit-events?type=application.listed&limit=100');
  const countOf = (answer: TestAnswer) => (answer.body['events'] as object[]).length;
  expect(countOf(linesAfter)).toBe(countOf(linesBefore) + 1);
  const types = ['application.opened', 'application.started', 'application.verified'];
  expect((await typesAbout(id)).toSorted()).toEqual(types);

  // The link goes on to show it, and proves nothing twice.
  expect((await open(secret)).body).toMatchObject({ state: 'waiting' });
  expect((await typesAbout(id)).toSorted()).toEqual(types);
  expect((await open('w'.repeat(43))).body.error?.code).toBe('codeNotAccepted');
});

test('APP2 approving makes the site and its owner’s link, which is mailed to the applicant once', async () => {
  const { id, secret } = await applied({ kind: 'home' });
  const before = (await mails()).length;
  const answer = await approve(id);
  expect(answer.body).toMatchObject({ ...approval, address: testApplication.address, isResidential: true, relays: [] });
  const siteId = String(answer.body['id']);
  const sent = await mails();
  expect(sent).toHaveLength(before + 1);
  const ownersSecret = secretIn(sent.at(-1), '/owner');
  expect(ownersSecret).toHaveLength(43);
  expect(JSON.stringify(answer.body)).not.toContain(ownersSecret);
  const ledger = await server.nobody.call('GET', '/api/ledger', undefined, {
    [ledgerSecretHeader]: ownersSecret,
  });
  expect(ledger.body).toMatchObject({ site: { name: approval.name } });

  expect((await approve(id)).body.error?.code).toBe('conflict');
  expect((await refuse(id)).body.error?.code).toBe('conflict');
  await server.services.applications.clock.run(new Date());
  expect(await mails()).toHaveLength(before + 1);
  expect((await open(secret)).body).toMatchObject({ state: 'approved' });
  expect((await call('POST', '/applications/withdraw', { secret })).body.error?.code).toBe('conflict');
  expect((await listed()).find((one) => one.id === id)).toMatchObject({ state: 'approved', siteId, isMailed: true });
  expect(await typesAbout(id)).toContain('application.approved');
  const made = await administrator.call('GET', '/api/audit-events?type=site.created&limit=1');
  expect(made.body['events']).toMatchObject([{ details: { siteId } }]);
  const link = await administrator.call('GET', `/api/audit-events?type=ledger.linkCreated&targetId=${siteId}`);
  expect(link.body['events']).toHaveLength(1);
});

test('APP2 of two who approve at once one makes a site', async () => {
  const { id } = await applied();
  const answers = await Promise.all([approve(id), approve(id)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const named = await server.database.db.select().from(sites).where(eq(sites.name, approval.name));
  const row = await rowOf(id);
  expect(named.filter(({ id: siteId }) => siteId === row?.siteId)).toHaveLength(1);
  expect((await typesAbout(id)).filter((type) => type === 'application.approved')).toHaveLength(1);
  const links = await server.database.db
    .select()
    .from(ledgerLinks)
    .where(eq(ledgerLinks.siteId, row?.siteId ?? ''));
  expect(links).toHaveLength(1);
});

test('APP3 a refusal is mailed with its reason, and what was said is erased', async () => {
  const { id, secret } = await applied({ language: 'es', consent: spanishConsent() });
  expect((await refuse(id)).status).toBe(200);
  expect((await mails()).at(-1)).toContain('La agencia no puede aceptar más cámaras por el momento.');
  expect(await rowOf(id)).toMatchObject({ state: 'refused', sealed: null, wrappedKey: null, emailHash: null });
  expect((await open(secret)).body).toMatchObject({ state: 'refused', reason: 'noCapacity', name: null });
  expect((await listed()).map((one) => one.id)).not.toContain(id);
  const lines = await administrator.call('GET', `/api/audit-events?type=application.refused&targetId=${id}`);
  expect(lines.body['events']).toMatchObject([{ outcome: 'done', details: { reason: 'noCapacity' } }]);
});

test('APP3 who withdraws erases it at once, and the link opens nothing any more', async () => {
  const { id, secret } = await applied();
  const { status, body } = await call('POST', '/applications/withdraw', { secret });
  expect([status, body['applicationId']]).toEqual([200, id]);
  expect(await rowOf(id)).toMatchObject({ state: 'withdrawn', wrappedKey: null, emailHash: null, secretHash: null });
  expect((await open(secret)).body.error?.code).toBe('codeNotAccepted');
  expect((await call('POST', '/applications/withdraw', { secret })).body.error?.code).toBe('codeNotAccepted');
  expect((await approve(id)).body.error?.code).toBe('conflict');
});

test('APP3 what nobody confirms is gone after 48 hours, and after 90 days everything that was said', async () => {
  const { db } = server.database;
  const { keys } = server.services.registry;
  const now = Date.now();
  const seed = (of: { state?: 'unverified'; age: number; secretHash?: string }) =>
    seedTestApplication(db, { agencyId: server.agencyId, keys, ...of, at: new Date(now - of.age) });
  const { secret, secretHash } = makeSecret();
  const unverified = await seed({ state: 'unverified', age: 48 * hourMs });
  const fresh = await seed({ state: 'unverified', age: 47 * hourMs });
  const old = await seed({ age: 90 * dayMs, secretHash });
  const approved = await seed({ age: 89 * dayMs });
  const siteId = String((await approve(approved)).body['id']);
  await mails();
  await server.services.applications.clock.run(new Date(now));
  expect(await rowOf(unverified)).toBeUndefined();
  expect(await rowOf(fresh)).toMatchObject({ state: 'unverified' });
  expect(await rowOf(old)).toMatchObject({ state: 'expired', sealed: null, wrappedKey: null, secretHash: null });
  expect((await open(secret)).body.error?.code).toBe('codeNotAccepted');
  expect(await typesAbout(unverified)).toEqual(['application.expired']);
  expect(await typesAbout(old)).toEqual(['application.erased']);
  await server.services.applications.clock.run(new Date(now + dayMs));
  expect(await rowOf(approved)).toMatchObject({ state: 'approved', sealed: null, wrappedKey: null, siteId });
});

test('APP4 a mail that cannot be sent, or is one too many of an hour, comes later', async () => {
  const folder = join(server.config.dataDir, 'mails');
  await mails();
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, 'no folder');
  await start();
  await server.services.registry.mails.settled();
  await rm(folder);
  await server.services.applications.clock.run(new Date());
  expect(await mails()).toHaveLength(1);
  for (let more = 0; more < 3; more += 1) await start();
  expect(await mails()).toHaveLength(3);
  await server.services.applications.clock.run(new Date());
  expect(await mails()).toHaveLength(3);
  await server.services.applications.clock.run(new Date(Date.now() + hourMs + 1_000));
  expect(await mails()).toHaveLength(4);
  for (const mail of await mails()) {
    expect((await open(secretIn(mail, '/share/link'))).body).toMatchObject({ state: 'waiting' });
  }
});

test('APP4 an owner’s link that could not be mailed is mailed later, and one that was read or revoked stays', async () => {
  const { id } = await applied();
  const before = (await mails()).length;
  const again = () => server.database.db.update(applications).set({ toldAt: null }).where(eq(applications.id, id));
  await approve(id);
  const first = secretIn((await mails()).at(-1), '/owner');
  await again();
  await server.services.applications.clock.run(new Date());
  const second = secretIn((await mails()).at(-1), '/owner');
  expect(second).not.toBe(first);
  const read = (secret: string) =>
    server.nobody.call('GET', '/api/ledger', undefined, { [ledgerSecretHeader]: secret });
  expect((await read(first)).status).toBe(404);
  expect((await read(second)).status).toBe(200);
  await again();
  await server.services.applications.clock.run(new Date());
  expect(await mails()).toHaveLength(before + 2);
  expect((await read(second)).status).toBe(200);
});

test('APP4 a known mail address is answered like an unknown one', async () => {
  await applied();
  const known = await start();
  email = `unknown-${email}`;
  const unknown = await start();
  expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
});

test('places outside the area, other terms, unknown agencies and used tasks are refused', async () => {
  const code = async (change: object) => (await start(change)).body.error?.code;
  expect(await code({ position: { latitude: 41, longitude: -88 } })).toBe('outsideArea');
  expect(await code({ consent: { version: 1, hash: '0'.repeat(64) } })).toBe('termsChanged');
  // Who has agreed to the registry's terms has not agreed to these.
  const { body } = await call('GET', '/registry');
  const [{ version, hash } = { version: 0, hash: '' }] = body['terms'] as { version: number; hash: string }[];
  expect(await code({ consent: { version, hash } })).toBe('termsChanged');
  expect(await code({ agency: 'elsewhere' })).toBe('notFound');
  expect(await code({ cameraCount: 0 })).toBe('badRequest');
  const used = await proof();
  expect(await code({ proof: used })).toBeUndefined();
  expect(await code({ proof: used })).toBe('proofNotAccepted');
  expect(await mails()).toHaveLength(1);
});

test('a flood from one source ends in refusals', async () => {
  const statuses: number[] = [];
  for (let each = 0; each < 12; each += 1) {
    const nonsense = { ...startedApplication, proof: { token: 'made.up', solution: '1' } };
    statuses.push((await call('POST', '/applications', nonsense, '192.0.2.78')).status);
  }
  expect(new Set(statuses)).toEqual(new Set([410, 429]));
});

test('another agency’s application does not exist', async () => {
  const { id } = await applied();
  const other = await server.signIn('administrator', await seedTestAgency(server.database.db, 'Another agency'));
  expect((await approve(id, other)).body.error?.code).toBe('notFound');
  expect((await refuse(id, other)).body.error?.code).toBe('notFound');
  expect((await other.call('GET', '/api/applications')).body).toEqual({ applications: [], hasMore: false });
  expect(await rowOf(id)).toMatchObject({ state: 'waiting' });
});

test('nothing that an applicant says stands in the database, not even in the log', async () => {
  const { id, secret } = await applied();
  await open(secret);
  await listed();
  await refuse(id);
  await mails();
  const { db } = server.database;
  const all = JSON.stringify(
    [await db.select().from(applications), await db.select().from(auditEntries), await db.select().from(auditEvents)],
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
  const { name, address, contact } = testApplication;
  for (const text of [name, address, contact.name, contact.phone ?? '', email, secret]) expect(all).not.toContain(text);
  expect((await rowOf(id))?.secretHash).toBe(hashOfSecret(secret));
});
