import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  footageRequestSchema,
  footageSessionHeader,
  largestFootageBytes,
  mostFootageFiles,
  mostRequestsToOneADay,
} from '@commonsight/types/footage';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEvents, footageFiles, footageRecipients, footageRequests, registrations } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { seedTestRegistration, testContact } from '../registry/testing/seedTestRegistration.ts';
import { hashOfSecret } from '../registry/secrets.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestCamera, seedTestIncident, seedTestSite, testPosition } from '../testing/seed.ts';
import { insertCanary } from '../registry/canaryRepository.ts';
import { registrantSessions, ledgerLinks } from '../db/schema.ts';

let server: TestServer;
let analyst: TestClient;
let origin: string;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const tus = { 'tus-resumable': '1.0.0' };
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

beforeAll(async () => {
  server = await createTestServer();
  await server.server.app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(server.server.app.server.address() as AddressInfo).port}`;
});

// Each test has a day's requests of its own.
beforeEach(async () => {
  analyst = await server.signIn('analyst');
});

afterAll(() => server.close());

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const register = (of: Partial<Parameters<typeof seedTestRegistration>[1]> = {}) =>
  seedTestRegistration(server.database.db, {
    agencyId: server.agencyId,
    keys: server.services.registry.keys,
    // A contact of its own, so that no test spends another's.
    emailHash: newId(),
    ...of,
  });

const askFor = (ids: readonly string[], asked: object = {}) => ({
  sources: ids.map((id) => ({ kind: 'registered', id })),
  incidentId: null,
  caseNumber: '26-100',
  window: { from: later(-3 * hourMs), to: later(-2 * hourMs) },
  shape: { kind: 'point', point: testPosition, radiusMetres: 100 },
  place: 'Corner of Test and Main',
  deadline: later(5 * dayMs),
  text: 'A red van passed.',
  ...asked,
});

const send = (body: object, client = analyst) => client.call('POST', '/api/footage-requests', body);

async function sent(ids: readonly string[], asked: object = {}, client = analyst) {
  const answer = await send(askFor(ids, asked), client);
  expect(answer).toMatchObject({ status: 200 });
  await server.services.registry.mails.settled();
  return footageRequestSchema.parse(answer.body['request']);
}

async function list(client: TestClient) {
  const answer = await client.call('GET', '/api/footage-requests');
  return (answer.body['requests'] as unknown[]).map((each) => footageRequestSchema.parse(each));
}

async function stateOf(requestId: string, client = analyst) {
  const [recipient] = (await list(client)).find(({ id }) => id === requestId)?.recipients ?? [];
  if (recipient === undefined) throw new Error('The request is not listed.');
  return recipient;
}

const mailsFolder = () => join(server.config.dataDir, 'mails');

async function mailsAbout(text: string): Promise<string[]> {
  const names = await readdir(mailsFolder()).catch(() => []);
  const mails = await Promise.all(
    names.toSorted((a, b) => a.localeCompare(b)).map((name) => readFile(join(mailsFolder(), name), 'utf8')),
  );
  return mails.filter((mail) => mail.includes(text));
}

const secretIn = (mail: string) => /#([\w-]{43})/.exec(mail)?.[1] ?? '';

const openLink = (secret: string) => server.nobody.call('POST', '/api/registry/footage/links/open', { secret });

/** A request about one registration, with the session that its mail's link has opened. */
async function opened(asked: object = {}) {
  const registrationId = await register();
  const place = `Place ${newId()}`;
  const request = await sent([registrationId], { place, ...asked });
  const [mail = ''] = await mailsAbout(place);
  const answer = await openLink(secretIn(mail));
  const session = { [footageSessionHeader]: String(answer.body['secret']) };
  return { registrationId, request, mail, session };
}

const answerWith = (session: Record<string, string>, answer: string) =>
  server.nobody.call('POST', '/api/registry/footage/answer', { answer }, session);

const meta = (name: string, sha256: string) =>
  `name ${Buffer.from(name).toString('base64')},sha256 ${Buffer.from(sha256).toString('base64')}`;

function begin(session: Record<string, string>, of: { bytes: number; name?: string; sha256?: string }) {
  return fetch(`${origin}/api/registry/footage/uploads`, {
    method: 'POST',
    headers: {
      ...session,
      ...tus,
      'upload-length': String(of.bytes),
      'upload-metadata': meta(of.name ?? 'door.mp4', of.sha256 ?? '0'.repeat(64)),
    },
  });
}

function patch(session: Record<string, string>, path: string, offset: number, body: Buffer) {
  return fetch(origin + path, {
    method: 'PATCH',
    headers: {
      ...session,
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(body),
  });
}

async function offsetOf(session: Record<string, string>, path: string): Promise<number> {
  const answer = await fetch(origin + path, { method: 'HEAD', headers: { ...session, ...tus } });
  expect(answer.status).toBe(200);
  return Number(answer.headers.get('upload-offset'));
}

/** Sends so much of a part and breaks the connection; resolves when the server has kept what it got. */
async function cut(session: Record<string, string>, path: string, offset: number, body: Buffer, sendBytes: number) {
  const agent = new Agent({ keepAlive: false });
  const going = httpRequest(origin + path, {
    method: 'PATCH',
    agent,
    headers: {
      ...session,
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'content-length': String(body.length),
    },
  });
  going.on('error', () => undefined);
  await new Promise<void>((resolve) => going.write(body.subarray(0, sendBytes), () => resolve()));
  going.destroy();
  agent.destroy();
}

async function upload(session: Record<string, string>, bytes: Buffer, name = 'door.mp4') {
  const begun = await begin(session, { bytes: bytes.length, name, sha256: sha256Of(bytes) });
  expect(begun.status).toBe(201);
  const path = begun.headers.get('location') ?? '';
  return patch(session, path, 0, bytes);
}

const linesAbout = (targetId: string) =>
  server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, targetId)).orderBy(auditEvents.sequence);

async function typesAbout(id: string): Promise<string[]> {
  return (await linesAbout(id)).map(({ type, outcome }) => (outcome === 'done' ? type : `${type} refused`));
}

async function storedFiles(): Promise<string[]> {
  const root = join(server.config.dataDir, 'footage');
  return (await readdir(root, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.sealed'));
}

test('FTG1 one mail goes to each contact, in its language, and the investigator reads no contact', async () => {
  const [emailHash, other] = [newId(), newId()];
  const ids = [await register({ emailHash }), await register({ emailHash }), await register({ emailHash: other })];
  const { db } = server.database;
  await db.update(registrations).set({ language: 'es' }).where(eq(registrations.emailHash, other));
  const place = `Place ${newId()}`;
  const answer = await send(askFor(ids, { place }));
  await server.services.registry.mails.settled();
  const mails = await mailsAbout(place);
  expect(mails).toHaveLength(2);
  expect(mails.filter((mail) => mail.includes('pregunta si una cámara'))).toHaveLength(1);
  expect(mails.every((mail) => mail.includes('26-100') && mail.includes('A red van passed.'))).toBe(true);
  const { id, recipients } = footageRequestSchema.parse(answer.body['request']);
  expect(recipients.map(({ cameras }) => cameras.length).toSorted((a, b) => a - b)).toEqual([1, 2]);
  const told = JSON.stringify([answer.body, await list(analyst)]);
  expect(told).not.toMatch(/Quimby|quimby|Secret Lane|0100/);
  for (const hash of [emailHash, other]) expect(told).not.toContain(hash);
  expect(await typesAbout(id)).toEqual(['footage.requested', 'footage.mailed', 'footage.mailed']);
});

test('the preview is what the mail says, but for the link', async () => {
  const registrationId = await register();
  const ask = askFor([registrationId], { place: `Place ${newId()}` });
  const answer = await analyst.call('POST', '/api/footage-requests/preview', ask);
  const mails = answer.body['mails'] as { language: string; text: string; subject: string }[];
  expect(mails.map(({ language }) => language)).toEqual(['en', 'es']);
  expect(await mailsAbout(ask.place)).toEqual([]);
  await send(ask);
  await server.services.registry.mails.settled();
  const [mail = ''] = await mailsAbout(ask.place);
  const [before = '', after = ''] = (mails[0]?.text ?? '').split('…');
  expect(mail).toContain(before);
  expect(mail).toContain(after);
});

test('FTG2 a link opens once, its secret is in no line, and another one goes to the same contact', async () => {
  const { request, mail, session } = await opened();
  const secret = secretIn(mail);
  expect((await openLink(secret)).status).toBe(410);
  expect((await openLink('x'.repeat(43))).status).toBe(410);
  expect((await stateOf(request.id)).state).toBe('opened');
  const read = await server.nobody.call('GET', '/api/registry/footage/request', undefined, session);
  expect(read.body).toMatchObject({
    place: request.place,
    cameras: [{ name: '17 Secret Lane', clockOffsetSeconds: -30 }],
  });
  const lines = JSON.stringify(await server.database.db.select().from(auditEvents));
  expect(lines).not.toContain(secret);
  expect(lines).not.toContain(hashOfSecret(secret));
  for (const asked of [secret, 'y'.repeat(43)]) {
    const renewed = await server.nobody.call('POST', '/api/registry/footage/links/renew', { secret: asked });
    expect([renewed.status, renewed.body]).toEqual([200, {}]);
  }
  await server.services.registry.mails.settled();
  const mails = await mailsAbout(request.place);
  expect(mails).toHaveLength(2);
  expect(mails.every((each) => each.startsWith(`To: ${testContact.email}`))).toBe(true);
  const other = mails.find((each) => secretIn(each) !== secret) ?? '';
  expect((await openLink(secretIn(other))).status).toBe(200);
});

test('an answer is changed until files are there', async () => {
  const { request, session } = await opened();
  for (const answer of ['declined', 'nothingRecorded', 'hasIt']) {
    expect((await answerWith(session, answer)).body['state']).toBe(answer);
    expect((await stateOf(request.id)).state).toBe(answer);
  }
  expect((await upload(session, randomBytes(10))).status).toBe(204);
  expect((await answerWith(session, 'declined')).status).toBe(409);
  expect((await answerWith({}, 'declined')).status).toBe(401);
});

test('FTG4 an upload that is cut goes on, arrives as it was, and is downloaded with its line first', async () => {
  const { request, session } = await opened();
  await answerWith(session, 'hasIt');
  const bytes = randomBytes(300_001);
  const begun = await begin(session, { bytes: bytes.length, name: '../../Jardín "1".mp4', sha256: sha256Of(bytes) });
  const path = begun.headers.get('location') ?? '';
  expect((await stateOf(request.id)).state).toBe('uploading');
  let offset = 0;
  for (const sendBytes of [1, 65_536, 100_003]) {
    await cut(session, path, offset, bytes.subarray(offset), sendBytes);
    const before = offset;
    await expect.poll(() => offsetOf(session, path), { timeout: 60_000 }).toBeGreaterThan(before);
    offset = await offsetOf(session, path);
    expect(offset).toBeLessThanOrEqual(before + sendBytes);
  }
  const wrongOffset = await patch(session, path, offset + 1, bytes.subarray(offset + 1));
  expect(wrongOffset.status).toBe(409);
  offset = await offsetOf(session, path);
  expect((await patch(session, path, offset, bytes.subarray(offset))).status).toBe(204);
  const { state, files } = await stateOf(request.id);
  const [file] = files;
  expect([state, file?.name, file?.sha256]).toEqual(['received', 'Jardín _1_.mp4', sha256Of(bytes)]);
  const fileId = file?.id ?? '';
  const answer = await fetch(`${origin}/api/footage-files/${fileId}`, { headers: { cookie: analyst.cookie } });
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': String(bytes.length),
    'content-disposition': `attachment; filename="Jard_n _1_.mp4"; filename*=UTF-8''Jard%C3%ADn%20_1_.mp4`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  expect(await typesAbout(fileId)).toEqual(['footage.downloaded']);
  expect(await typesAbout(request.id)).toContain('footage.received');
  for (const name of await storedFiles()) {
    const stored = await readFile(join(server.config.dataDir, 'footage', name));
    expect(stored.includes(bytes.subarray(1_000, 1_032))).toBe(false);
  }
});

test('FTG5 a file with another hash is refused, and nothing of it is kept', async () => {
  const { request, session } = await opened();
  await answerWith(session, 'hasIt');
  const before = await storedFiles();
  const bytes = randomBytes(100_000);
  const begun = await begin(session, { bytes: bytes.length, sha256: sha256Of(randomBytes(9)) });
  const path = begun.headers.get('location') ?? '';
  const answer = await patch(session, path, 0, bytes);
  expect([answer.status, await answer.json()]).toMatchObject([422, { error: { code: 'hashMismatch' } }]);
  expect(await storedFiles()).toEqual(before);
  expect(await stateOf(request.id)).toMatchObject({ state: 'hasIt', files: [] });
  expect((await fetch(origin + path, { method: 'HEAD', headers: { ...session, ...tus } })).status).toBe(404);
  expect(await typesAbout(request.id)).toContain('footage.uploadRefused refused');
});

test('FTG5 empty, too large and too many files are refused, also without a hash or before it is said that they are there', async () => {
  const { session } = await opened();
  const before = await storedFiles();
  const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
  expect(await codeOf(await begin(session, { bytes: 5 }))).toBe('conflict');
  await answerWith(session, 'hasIt');
  expect(await codeOf(await begin(session, { bytes: 0 }))).toBe('badRequest');
  expect(await codeOf(await begin(session, { bytes: 10_000_000_000 }))).toBe('tooLarge');
  expect(await codeOf(await begin(session, { bytes: largestFootageBytes + 1 }))).toBe('tooLarge');
  expect(await codeOf(await begin(session, { bytes: 5, sha256: 'none' }))).toBe('badRequest');
  expect((await begin({}, { bytes: 5 })).status).toBe(401);
  expect(await storedFiles()).toEqual(before);
  for (let made = 0; made < mostFootageFiles; made += 1) {
    expect((await begin(session, { bytes: 5 })).status).toBe(201);
  }
  expect(await codeOf(await begin(session, { bytes: 5 }))).toBe('conflict');
});

test('FTG5 more bytes than were declared, and parts that are too large, are refused', async () => {
  const { session } = await opened();
  await answerWith(session, 'hasIt');
  const begun = await begin(session, { bytes: 100 });
  const path = begun.headers.get('location') ?? '';
  expect((await patch(session, path, 0, randomBytes(101))).status).toBe(413);
  expect((await patch(session, path, 0, randomBytes(9 * 1024 ** 2))).status).toBe(413);
  expect(await offsetOf(session, path)).toBe(0);
  // Everywhere else a body stays small.
  const large = await analyst.call('POST', '/api/footage-requests', { text: 'x'.repeat(70_000) });
  expect(large.status).toBe(413);
});

test('FTG3 nobody reads a request but its sender and who was added, and no other agency', async () => {
  const { request, session } = await opened();
  await answerWith(session, 'hasIt');
  await upload(session, randomBytes(1_000));
  const [file] = (await stateOf(request.id)).files;
  const path = `/api/footage-files/${file?.id ?? ''}`;
  const colleague = await server.signIn('analyst');
  const supervisor = await server.signIn('supervisor');
  const foreign = await server.signIn('analyst', await seedTestAgency(server.database.db, 'Another agency'));
  // Somebody who asks under the same case number comes no nearer.
  await sent([await register()], {}, colleague);
  for (const other of [colleague, supervisor, foreign]) {
    expect((await other.call('GET', path)).status).toBe(404);
    expect((await list(other)).map(({ id }) => id)).not.toContain(request.id);
    const added = await other.call('POST', `/api/footage-requests/${request.id}/people`, {
      email: 'nobody@test.example',
    });
    expect(added.status).toBe(404);
  }
  for (const role of ['administrator', 'auditor'] as const) {
    expect((await (await server.signIn(role)).call('GET', path)).status).toBe(403);
  }
  const addressOf = (client: TestClient) => (client.actor as { email?: string } | null)?.email ?? '';
  const add = (client: TestClient) =>
    analyst.call('POST', `/api/footage-requests/${request.id}/people`, { email: addressOf(client) });
  expect((await add(foreign)).status).toBe(404);
  expect((await add(colleague)).body['people']).toMatchObject([{ id: colleague.actor?.userId }]);
  expect((await colleague.call('GET', path)).status).toBe(200);
  expect((await list(colleague)).map(({ id }) => id)).toContain(request.id);
  expect((await supervisor.call('GET', path)).status).toBe(404);
  expect(await typesAbout(request.id)).toContain('footage.personAdded');
});

test('a session reaches its own request’s uploads alone', async () => {
  const [one, other] = [await opened(), await opened()];
  await answerWith(one.session, 'hasIt');
  const begun = await begin(one.session, { bytes: 10 });
  const path = begun.headers.get('location') ?? '';
  expect((await patch(other.session, path, 0, randomBytes(10))).status).toBe(404);
  const headers = { ...other.session, ...tus };
  expect((await fetch(origin + path, { method: 'DELETE', headers })).status).toBe(404);
  expect((await fetch(origin + path, { method: 'HEAD', headers })).status).toBe(404);
  expect((await fetch(origin + path, { method: 'DELETE', headers: { ...one.session, ...tus } })).status).toBe(204);
  expect((await stateOf(one.request.id)).state).toBe('hasIt');
});

test('a file whose stored bytes were changed or cut is not handed out as whole', async () => {
  const { request, session } = await opened();
  await answerWith(session, 'hasIt');
  await upload(session, randomBytes(200_000));
  const [file] = (await stateOf(request.id)).files;
  const where = eq(footageFiles.id, file?.id ?? '');
  // Who owns the database makes the file look shorter.
  const { db } = server.database;
  const [row] = await db.select().from(footageFiles).where(where);
  await db
    .update(footageFiles)
    .set({ segments: (row?.segments ?? 0) - 1 })
    .where(where);
  const read = fetch(`${origin}/api/footage-files/${file?.id ?? ''}`, { headers: { cookie: analyst.cookie } });
  await expect(read.then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
});

test('FTG6 requests are limited for a person and for a contact', async () => {
  const emailHash = newId();
  const [one, another] = [await register({ emailHash }), await register()];
  for (let asked = 0; asked < mostRequestsToOneADay; asked += 1) await sent([one]);
  const answer = await send(askFor([one, another]));
  expect(answer.body['notAsked']).toEqual([{ id: one, why: 'askedTooOften' }]);
  expect((await send(askFor([one]))).body.error?.code).toBe('conflict');
  const { db } = server.database;
  const [mine] = await db
    .select()
    .from(footageRequests)
    .where(eq(footageRequests.createdBy, analyst.actor?.userId ?? ''));
  if (mine === undefined) throw new Error('Nothing was sent.');
  await db.insert(footageRequests).values(Array.from({ length: 30 }, () => ({ ...mine, id: newId() })));
  expect((await send(askFor([another]))).body.error?.code).toBe('tooManyRequests');
});

test('what cannot be asked is refused with its line', async () => {
  const registrationId = await register();
  const closed = await seedTestIncident(server.database.db, { agencyId: server.agencyId });
  const dispatcher = await server.signIn('dispatcher');
  await dispatcher.call('POST', `/api/incidents/${closed}/close`, { disposition: 'resolved' });
  const codes = async (asked: object) => (await send(askFor([registrationId], asked))).body.error?.code;
  expect(await codes({ incidentId: closed, caseNumber: null })).toBe('incidentClosed');
  expect(await codes({ incidentId: newId(), caseNumber: null })).toBe('notFound');
  expect(await codes({ caseNumber: null })).toBe('badRequest');
  expect(await codes({ deadline: later(60_000) })).toBe('badRequest');
  expect(await codes({ deadline: later(90 * dayMs) })).toBe('badRequest');
  expect(await codes({ window: { from: later(hourMs), to: later(2 * hourMs) } })).toBe('badRequest');
  expect((await send(askFor([newId()]))).body.error?.code).toBe('notFound');
  const elsewhere = await seedTestAgency(server.database.db, 'Elsewhere');
  expect((await send(askFor([await register({ agencyId: elsewhere })]))).body.error?.code).toBe('notFound');
});

test('FTG7 a contact is reminded once before the recording goes, and the request ends at its deadline', async () => {
  // Kept for 14 days, the clock half a minute behind: the window's begin goes in about three days.
  const window = { from: later(-11 * dayMs), to: later(-11 * dayMs + hourMs) };
  const { request, mail } = await opened({ window });
  const { clock } = server.services.footage;
  const due = new Date(Date.now() + 2.5 * dayMs);
  await clock.run(new Date());
  expect((await stateOf(request.id)).remindedAt).toBeNull();
  await clock.run(due);
  await clock.run(due);
  const reminders = (await mailsAbout(request.place)).filter((each) => each !== mail);
  expect(reminders).toHaveLength(1);
  expect(reminders[0]).toContain('may soon be overwritten');
  expect((await typesAbout(request.id)).filter((type) => type === 'footage.reminded')).toHaveLength(1);
  await clock.run(new Date(Date.now() + 6 * dayMs));
  expect((await stateOf(request.id)).state).toBe('expired');
  expect(await typesAbout(request.id)).toContain('footage.expired');
  expect((await openLink(secretIn(reminders[0] ?? ''))).status).toBe(410);
});

test('an upload that was given up is removed after a while', async () => {
  const { session } = await opened({ deadline: later(30 * dayMs) });
  await answerWith(session, 'hasIt');
  const before = await storedFiles();
  await begin(session, { bytes: 10 });
  const [made = ''] = (await storedFiles()).filter((name) => !before.includes(name));
  await server.services.footage.clock.run(new Date(Date.now() + dayMs));
  expect(await storedFiles()).toContain(made);
  await server.services.footage.clock.run(new Date(Date.now() + 8 * dayMs));
  expect(await storedFiles()).not.toContain(made);
});

test('nobody is mailed for a canary, which looks as if it had been asked', async () => {
  const { db } = server.database;
  const registrationId = await register();
  await insertCanary(db, { id: newId(), registrationId, agencyId: server.agencyId, madeAt: new Date() });
  const place = `Place ${newId()}`;
  const request = await sent([registrationId], { place });
  expect(await mailsAbout(place)).toEqual([]);
  expect((await stateOf(request.id)).mailedAt).not.toBeNull();
});

test('registrants find their requests on their own page, and forget them with their registration', async () => {
  const { registrationId, request, session } = await opened();
  const { db } = server.database;
  const [row] = await db.select().from(registrations).where(eq(registrations.id, registrationId));
  const emailHash = row?.emailHash ?? '';
  const secret = 'r'.repeat(43);
  await db.insert(registrantSessions).values({
    id: newId(),
    agencyId: server.agencyId,
    emailHash,
    secretHash: hashOfSecret(secret),
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + hourMs),
  });
  const headers = { 'commonsight-registrant-session': secret };
  const inbox = await server.nobody.call('GET', '/api/registry/footage-requests', undefined, headers);
  expect(inbox.body['requests']).toMatchObject([{ number: '26-100', place: request.place, state: 'opened' }]);
  const [own] = inbox.body['requests'] as { id: string }[];
  const openedOwn = await server.nobody.call(
    'POST',
    `/api/registry/footage-requests/${own?.id ?? ''}/open`,
    undefined,
    headers,
  );
  expect(openedOwn.status).toBe(200);
  const foreign = await stateOf((await opened()).request.id);
  const refused = await server.nobody.call(
    'POST',
    `/api/registry/footage-requests/${foreign.id}/open`,
    undefined,
    headers,
  );
  expect(refused.status).toBe(404);
  await server.nobody.call('DELETE', `/api/registry/registrations/${registrationId}`, undefined, headers);
  const read = await server.nobody.call('GET', '/api/registry/footage/request', undefined, session);
  expect(read.status).toBe(401);
  const left = await db.select().from(footageRecipients).where(eq(footageRecipients.emailHash, emailHash));
  expect(left).toEqual([]);
  expect(await stateOf(request.id)).toMatchObject({ cameras: [{ kind: 'gone', position: null }] });
});

test('an owner reads requests about live cameras by the owner’s link', async () => {
  const { db } = server.database;
  const { agencyId } = server;
  const siteId = await seedTestSite(db, agencyId);
  const camera = await seedTestCamera(db, { agencyId, siteId, name: 'Loading dock' });
  const ask = { ...askFor([]), sources: [{ kind: 'live', id: camera.id }] };
  expect((await send(ask)).body.error?.code).toBe('conflict');
  const administrator = await server.signIn('administrator');
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const headers = { [ledgerSecretHeader]: String(made.body['url']).split('#')[1] ?? '' };
  expect(await db.$count(ledgerLinks, and(eq(ledgerLinks.siteId, siteId)))).toBe(1);
  expect((await send(ask)).status).toBe(200);
  const inbox = await server.nobody.call('GET', '/api/owner/footage-requests', undefined, headers);
  const [own] = inbox.body['requests'] as { id: string }[];
  const opens = await server.nobody.call(
    'POST',
    `/api/owner/footage-requests/${own?.id ?? ''}/open`,
    undefined,
    headers,
  );
  const session = { [footageSessionHeader]: String(opens.body['secret']) };
  const read = await server.nobody.call('GET', '/api/registry/footage/request', undefined, session);
  expect(read.body).toMatchObject({ cameras: [{ name: 'Loading dock' }], state: 'opened' });
});
