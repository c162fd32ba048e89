import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErasureReceipt, OwnRegistration, Proof, ProofTask } from '@commonsight/types/registration';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { agencies, auditEntries, auditEvents, registrantLinks, registrations } from '../db/schema.ts';
import { listRegistrationsSeeing } from '../search/searchRepository.ts';
import { type TestAnswer, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency } from '../testing/seed.ts';
import { currentTerms } from './terms.ts';
import { solve } from './testing/solve.ts';
import { seedTestRegistration, startedRegistration, testContact, testDetails } from './testing/seedTestRegistration.ts';

let server: TestServer;
const area = { south: 42, west: -89, north: 44, east: -87 };

beforeAll(async () => {
  server = await createTestServer();
  await server.database.db.update(agencies).set({ area }).where(eq(agencies.id, server.agencyId));
});

afterAll(() => server.close());

let asked = 0;
let email = '';

beforeEach(() => {
  email = `resident-${(asked += 1)}@test.example`;
});

/** From another address each time: the limit of one address has a test of its own. */
async function call(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  { body, session, from }: { body?: object; session?: string; from?: string } = {},
): Promise<Pick<TestAnswer, 'status' | 'body'>> {
  asked += 1;
  const answer = await server.server.app.inject({
    method,
    url: `/api/registry${path}`,
    remoteAddress: from ?? `10.0.${Math.floor(asked / 250)}.${asked % 250}`,
    headers: {
      origin: server.config.publicUrl,
      ...(session === undefined ? {} : { 'commonsight-registrant-session': session }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json<TestAnswer['body']>() };
}

const proof = async (): Promise<Proof> => solve((await call('POST', '/proof-tasks')).body as unknown as ProofTask);

const start = async (change: object = {}) =>
  call('POST', '/registrations', {
    body: { ...startedRegistration, contact: { ...testContact, email }, proof: await proof(), ...change },
  });

async function mails(to = email): Promise<string[]> {
  await server.services.registry.mails.settled();
  const folder = join(server.config.dataDir, 'mails');
  const names: string[] = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.filter((text) => text.startsWith(`To: ${to}\n`));
}

const secretOf = (mail: string | undefined) => /\/registry\/link#([\w-]{43})/.exec(mail ?? '')?.[1] ?? '';

const open = async (mail: string | undefined) => {
  const answer = await call('POST', '/links/open', { body: { secret: secretOf(mail) } });
  const session = (answer.body['session'] as { secret: string } | undefined)?.secret ?? '';
  return { answer, session };
};

/** A verified registration with an opened link. */
async function registered(change: object = {}): Promise<{ id: string; session: string }> {
  await start(change);
  const { answer, session } = await open((await mails()).at(-1));
  return { id: String(answer.body['verifiedId']), session };
}

const isFound = async (id: string) => {
  const box = { south: 43, west: -88, north: 44, east: -87 };
  const found = await listRegistrationsSeeing(server.database.db, server.agencyId, box, new Date());
  return found.some((one) => one.id === id);
};

test('anybody reads where there is a registry and the terms in both languages', async () => {
  const { body } = await call('GET', '');
  expect(body['agencies']).toEqual([{ slug: 'test-agency', name: 'Test agency', area }]);
  expect((body['terms'] as { language: string }[]).map(({ language }) => language)).toEqual(['en', 'es']);
});

test('a registration is found by operators once its mail is confirmed, and never with a contact', async () => {
  expect((await start()).status).toBe(200);
  const [row] = await server.database.db
    .select()
    .from(registrations)
    .where(eq(registrations.emailHash, server.services.registry.keys.emailHashOf(email)));
  const id = row?.id ?? '';
  expect(row?.state).toBe('unverified');
  expect(await isFound(id)).toBe(false);

  const { answer, session } = await open((await mails())[0]);
  expect(answer.body).toMatchObject({ verifiedId: id, agency: { slug: 'test-agency', area } });
  expect(await isFound(id)).toBe(true);
  const analyst = await server.signIn('analyst');
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const { sources } = (
    await analyst.call('POST', '/api/search', {
      shape: { kind: 'point', point: testDetails.position, radiusMetres: 100 },
      window: { from: anHourAgo, to: anHourAgo },
    })
  ).body as { sources: { id: string }[] };
  const { address, kind, placement: _, ...shown } = testDetails;
  const one = sources.find((source) => source.id === id);
  expect(one).toMatchObject({ id, kind: 'registered', of: kind, ...shown });
  for (const word of [address, testContact.name, email]) expect(JSON.stringify(one)).not.toContain(word);

  const own = (await call('GET', '/registrations', { session })).body['registrations'] as OwnRegistration[];
  expect(own).toMatchObject([{ id, state: 'active', ...testDetails, contact: { ...testContact, email } }]);
  expect(own[0]?.consent).toMatchObject({ version: 1, hash: currentTerms[0]?.hash });
});

test('more cameras are added with the contact of the first, found at once, each with its line', async () => {
  const { id, session } = await registered();
  const add = (cameras: object[], change: object = {}) =>
    call('POST', '/added-registrations', {
      body: { cameras, consent: startedRegistration.consent, ...change },
      session,
    });
  const second = { ...testDetails, kind: 'business', address: '1 Market Hall', retentionDays: 30 };
  const third = { ...testDetails, address: '19 Secret Lane' };
  const { status, body } = await add([second, third]);
  const added = body['registrations'] as OwnRegistration[];
  expect(status).toBe(200);
  expect(added).toMatchObject([
    { ...second, state: 'active', contact: { ...testContact, email } },
    { ...third, state: 'active', contact: { ...testContact, email } },
  ]);
  for (const one of added) expect(await isFound(one.id)).toBe(true);
  const own = (await call('GET', '/registrations', { session })).body['registrations'] as OwnRegistration[];
  expect(own.map((one) => one.id)).toEqual([id, ...added.map((one) => one.id)]);
  const entries = await server.database.db.select().from(auditEvents).where(eq(auditEvents.type, 'registration.added'));
  expect(entries.map(({ targetId }) => targetId)).toEqual(added.map((one) => one.id));

  // All or none.
  const outside = { ...third, position: { latitude: 50, longitude: 8 } };
  expect((await add([third, outside])).body.error?.code).toBe('outsideArea');
  expect((await add([third], { consent: { version: 1, hash: '0'.repeat(64) } })).body.error?.code).toBe('termsChanged');
  expect((await add([])).body.error?.code).toBe('badRequest');
  expect((await add(Array.from({ length: 51 }, () => third))).body.error?.code).toBe('badRequest');
  const stranger = await call('POST', '/added-registrations', {
    body: { cameras: [third], consent: startedRegistration.consent },
    session: 's'.repeat(43),
  });
  expect(stranger.body.error?.code).toBe('notSignedIn');
  expect((await call('GET', '/registrations', { session })).body['registrations']).toHaveLength(3);

  const all = await call('POST', '/confirmations', { body: { consent: null }, session });
  const confirmedAt = (all.body['registrations'] as OwnRegistration[]).map((one) => one.lastConfirmedAt);
  expect(new Set(confirmedAt).size).toBe(1);
  expect(confirmedAt).toHaveLength(3);
  expect(Date.parse(confirmedAt[0] ?? '')).toBeGreaterThanOrEqual(Date.parse(added[0]?.lastConfirmedAt ?? ''));
  const foreign = { version: 9, hash: 'f'.repeat(64) };
  expect((await call('POST', '/confirmations', { body: { consent: foreign }, session })).body.error?.code).toBe(
    'termsChanged',
  );

  for (const one of own) await call('DELETE', `/registrations/${one.id}`, { session });
  expect((await add([third])).body.error?.code).toBe('notSignedIn');
});

test('of two that open a link at once one leaves the lines of an opening', async () => {
  await start();
  const [mail] = await mails();
  const statuses = (await Promise.all([open(mail), open(mail)])).map(({ answer }) => answer.status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 410]);
  const { db } = server.database;
  const emailHash = server.services.registry.keys.emailHashOf(email);
  const [row] = await db.select().from(registrations).where(eq(registrations.emailHash, emailHash));
  const lines = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.targetId, row?.id ?? ''));
  const done = lines.filter(({ outcome }) => outcome === 'done').map(({ type }) => type);
  expect(done.toSorted()).toEqual(['registration.linkOpened', 'registration.started', 'registration.verified']);
});

test('a link opens once; a wrong one opens nothing', async () => {
  await start();
  const [mail] = await mails();
  expect((await open(mail)).answer.status).toBe(200);
  expect((await open(mail)).answer.body.error?.code).toBe('codeNotAccepted');
  const wrong = await call('POST', '/links/open', { body: { secret: 'w'.repeat(43) } });
  expect(wrong.body.error?.code).toBe('codeNotAccepted');
});

test('a known mail address is answered like an unknown one, and only the known one gets a mail', async () => {
  await registered();
  const before = (await mails()).length;
  const ask = async (to: string) => {
    const { status, body } = await call('POST', '/links', {
      body: { agency: 'test-agency', email: to, proof: await proof() },
    });
    return { status, keys: Object.keys(body) };
  };
  const known = await ask(email.toUpperCase());
  expect(await ask('nobody-at-all@test.example')).toEqual(known);
  expect(known).toEqual({ status: 200, keys: ['linkExpiresAt'] });
  const sent = [...(await mails()), ...(await mails(email.toUpperCase()))];
  expect(sent).toHaveLength(before + 1);
  expect(await mails('nobody-at-all@test.example')).toEqual([]);
  const { session } = await open(sent.at(-1));
  expect((await call('GET', '/registrations', { session })).body['registrations']).toHaveLength(1);
  // The same address again: the answer to its start tells nothing either.
  expect(Object.keys((await start()).body)).toEqual(['linkExpiresAt']);
});

test('registrants change, pause, resume and confirm what is theirs, and nobody else’s', async () => {
  const { id, session } = await registered({ language: 'es' });
  const on = (path: string, body?: object) =>
    call('POST', `/registrations/${id}${path}`, { session, ...(body === undefined ? {} : { body }) });
  const changed = await call('PATCH', `/registrations/${id}`, {
    session,
    body: { kind: 'business', address: '1 Market St', contact: { name: 'Rosalind Q.', phone: null } },
  });
  expect(changed.body).toMatchObject({
    kind: 'business',
    address: '1 Market St',
    contact: { name: 'Rosalind Q.', email },
  });

  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect((await on('/pause', { until })).body).toMatchObject({ state: 'paused', pausedUntil: until });
  expect(await isFound(id)).toBe(false);
  expect((await on('/pause', { until: new Date(0).toISOString() })).body.error?.code).toBe('badRequest');
  expect((await on('/resume')).body).toMatchObject({ state: 'active', pausedUntil: null });
  expect((await on('/resume')).body.error?.code).toBe('conflict');
  expect(await isFound(id)).toBe(true);
  expect((await on('/confirm', { consent: null })).status).toBe(200);
  const unknown = await call('PATCH', `/registrations/${id}`, { session, body: { retentionDays: null } });
  expect(unknown.body['retentionDays']).toBeNull();
  expect(await isFound(id)).toBe(true);
  expect((await on('/confirm', { consent: { version: 9, hash: 'f'.repeat(64) } })).body.error?.code).toBe(
    'termsChanged',
  );

  email = `other-${email}`;
  const other = await registered();
  const foreign = await call('PATCH', `/registrations/${id}`, { session: other.session, body: { retentionDays: 1 } });
  expect(foreign.body.error?.code).toBe('notFound');
  expect((await call('DELETE', `/registrations/${id}`, { session: 'x'.repeat(43) })).body.error?.code).toBe(
    'notSignedIn',
  );
  await call('POST', '/session/end', { session });
  expect((await call('GET', '/registrations', { session })).body.error?.code).toBe('notSignedIn');
});

test('deleting erases the key at once and answers with a receipt', async () => {
  const { id, session } = await registered();
  const { db } = server.database;
  const receipt = (await call('DELETE', `/registrations/${id}`, { session })).body as unknown as ErasureReceipt;
  expect(receipt).toMatchObject({ registrationId: id, erased: expect.arrayContaining(['contact', 'dataKey']) });
  expect(Math.abs(Date.now() - Date.parse(receipt.erasedAt))).toBeLessThan(60_000);
  const [row] = await db.select().from(registrations).where(eq(registrations.id, id));
  expect(row).toMatchObject({ state: 'deleted', wrappedKey: null, sealed: null, emailHash: null, latitude: null });
  expect(await isFound(id)).toBe(false);
  // It was the last one of this mail address: nothing of the address is left, and nothing is open.
  expect((await call('GET', '/registrations', { session })).status).toBe(401);
});

test('no name, mail address, telephone number or home stands in the database, not even in the log', async () => {
  await registered();
  const { db } = server.database;
  const tables = [registrations, registrantLinks, auditEntries, auditEvents];
  const all = JSON.stringify(
    await Promise.all(tables.map((table) => db.select().from(table as typeof registrations))),
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
  for (const text of [testContact.name, email, testContact.phone ?? '', testDetails.address, 'Rosalind']) {
    expect(all).not.toContain(text);
  }
  const secrets = (await mails()).map(secretOf);
  for (const secret of secrets) expect(all).not.toContain(secret);
});

test('an administrator says where registrations are taken, and closes the registry', async () => {
  const agencyId = await seedTestAgency(server.database.db, 'Open county');
  const administrator = await server.signIn('administrator', agencyId);
  const change = (wanted: object | null) => administrator.call('POST', '/api/registry-settings/area', { area: wanted });
  const none = { unverified: 0, active: 0, paused: 0, dormant: 0 };
  expect((await administrator.call('GET', '/api/registry-settings')).body).toEqual({ area: null, counts: none });
  expect((await change({ ...area, north: 41 })).status).toBe(400);
  await seedTestRegistration(server.database.db, { agencyId });
  expect((await change(area)).body).toEqual({ area, counts: { ...none, active: 1 } });
  const named = async () =>
    ((await call('GET', '')).body['agencies'] as { name: string; area: object | null }[]).flatMap(
      ({ name, area: taken }) => (taken === null ? [] : [name]),
    );
  expect(await named()).toContain('Open county');
  expect((await change(null)).body['area']).toBeNull();
  expect(await named()).not.toContain('Open county');
  const lines = await administrator.call('GET', '/api/audit-events?type=registry.areaChanged');
  expect((lines.body['events'] as { details: object }[]).map(({ details }) => details)).toEqual([
    { area: null },
    { area },
  ]);
});

test('while a registry is closed it takes none, and who is registered is mailed a link and withdraws', async () => {
  const { db } = server.database;
  const agencyId = await seedTestAgency(db, 'Shut county');
  const set = (to: typeof area | null) => db.update(agencies).set({ area: to }).where(eq(agencies.id, agencyId));
  const shown = async () =>
    ((await call('GET', '')).body['agencies'] as { slug: string }[]).find(({ slug }) => slug === 'shut-county');
  expect(await shown()).toBeUndefined();
  await set(area);
  const { id } = await registered({ agency: 'shut-county' });
  await set(null);
  expect(await shown()).toEqual({ slug: 'shut-county', name: 'Shut county', area: null });
  expect((await start({ agency: 'shut-county' })).body.error?.code).toBe('notFound');

  const body = { agency: 'shut-county', email, proof: await proof() };
  expect((await call('POST', '/links', { body })).status).toBe(200);
  const { session } = await open((await mails()).at(-1));
  expect((await call('DELETE', `/registrations/${id}`, { session })).status).toBe(200);
  expect(await shown()).toBeUndefined();
});

test('the fourth registration of an hour is mailed its link in the next, and six of a day at most', async () => {
  for (let made = 0; made < 8; made += 1) await start();
  expect(await mails()).toHaveLength(3);
  const hourMs = 60 * 60_000;
  const runAfter = (hours: number) =>
    server.services.registry.clock.run(new Date(Date.now() + hours * hourMs + 60_000));
  await runAfter(0);
  expect(await mails()).toHaveLength(3);
  await runAfter(1);
  const six = await mails();
  expect(six).toHaveLength(6);
  expect(six[5]).toContain('within 46 hours');
  await runAfter(3);
  expect(await mails()).toHaveLength(6);
  await runAfter(26);
  const eight = await mails();
  expect(eight).toHaveLength(8);
  const verified = new Set<unknown>();
  for (const mail of eight) verified.add((await open(mail)).answer.body['verifiedId']);
  expect(verified.size).toBe(8);
});

test('a registration whose mail no server took is mailed later', async () => {
  await mails();
  const folder = join(server.config.dataDir, 'mails');
  await mkdir(folder, { recursive: true });
  await rename(folder, `${folder}.away`);
  await writeFile(folder, '');
  expect((await start()).status).toBe(200);
  await server.services.registry.mails.settled();
  await rm(folder);
  await rename(`${folder}.away`, folder);
  expect(await mails()).toEqual([]);
  await server.services.registry.clock.run(new Date(Date.now() + 11 * 60_000));
  expect((await open((await mails())[0])).answer.status).toBe(200);
});

test('every act has its line in the agency’s log', async () => {
  const lines = await server.database.db.select().from(auditEvents).where(eq(auditEvents.agencyId, server.agencyId));
  const types = new Set<string>(lines.filter(({ outcome }) => outcome === 'done').map(({ type }) => type));
  for (const act of [
    'started',
    'verified',
    'linkAsked',
    'linkOpened',
    'sessionEnded',
    'read',
    'added',
    'changed',
    'paused',
    'resumed',
    'confirmed',
    'deleted',
  ]) {
    expect(types).toContain(`registration.${act}`);
  }
});

test('places outside the area, other terms and unknown agencies are refused', async () => {
  const code = async (change: object) => (await start(change)).body.error?.code;
  expect(await code({ position: { latitude: 41, longitude: -88 } })).toBe('outsideArea');
  expect(await code({ consent: { version: 1, hash: '0'.repeat(64) } })).toBe('termsChanged');
  expect(await code({ agency: 'elsewhere' })).toBe('notFound');
  expect(await mails()).toEqual([]);
  const { id, session } = await registered();
  const moved = await call('PATCH', `/registrations/${id}`, {
    session,
    body: { position: { latitude: 41, longitude: -88 } },
  });
  expect(moved.body.error?.code).toBe('outsideArea');
});

test('a task is ours, solved, in time and used once', async () => {
  const code = async (given: Proof) => (await start({ proof: given })).body.error?.code;
  const good = await proof();
  expect(await code({ ...good, solution: 'not solved' })).toBe('proofNotAccepted');
  expect(await code({ ...good, token: good.token.replace(/\.16\./, '.1.') })).toBe('proofNotAccepted');
  expect(await code(good)).toBeUndefined();
  expect(await code(good)).toBe('proofNotAccepted');
  const old = await solve(server.services.registry.tasks.make(Date.now() - 11 * 60_000));
  expect(await code(old)).toBe('proofNotAccepted');
});

test('a flood from one source ends in refusals and sends a few mails at most', async () => {
  const from = '192.0.2.77';
  const proofs = await Promise.all(Array.from({ length: 12 }, () => proof()));
  const contact = { ...testContact, email };
  const body = { ...startedRegistration, contact };
  const ask = (index: number) =>
    call('POST', '/registrations', { body: { ...body, proof: proofs[index % proofs.length] }, from });
  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  for (let index = 0; index < 12; index += 1) answers.push(await ask(index));
  answers.push(...(await Promise.all(Array.from({ length: 988 }, (_, index) => ask(index)))));
  const outcomes = answers.map(({ status, body }) => `${status} ${body.error?.code ?? 'accepted'}`);
  expect(outcomes.slice(0, 10)).toEqual(Array<string>(10).fill('200 accepted'));
  expect(outcomes.slice(10)).toEqual(Array<string>(990).fill('429 tooManyRequests'));
  expect(await mails()).toHaveLength(3);
});
