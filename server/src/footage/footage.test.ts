import {
  footageRequestSchema,
  footageSessionHeader,
  mostListedFootageRequests,
  mostRequestsToOneADay,
} from '@commonsight/types/footage';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEvents, footageRecipients, footageRequests, registrantSessions, registrations } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { insertCanary } from '../registry/canaryRepository.ts';
import { hashOfSecret, makeSecret } from '../secrets.ts';
import { testContact } from '../registry/testing/seedTestRegistration.ts';
import type { TestClient } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestIncident } from '../testing/seed.ts';
import { statusesOf } from '../testing/statusesOf.ts';
import { dayMs, FootageStage, hourMs, later, secretIn } from './testing/FootageStage.ts';

let stage: FootageStage;

beforeAll(async () => {
  stage = await FootageStage.create();
});

// Each test has a day's requests of its own.
beforeEach(() => stage.changeAnalyst());

afterAll(() => stage.close());

const renew = (secret: string) => stage.server.nobody.call('POST', '/api/registry/footage/links/renew', { secret });

test('FTG1 one mail goes to each contact, in its language, and the investigator reads no contact', async () => {
  const [emailHash, other] = [newId(), newId()];
  const ids = [
    await stage.register({ emailHash }),
    await stage.register({ emailHash }),
    await stage.register({ emailHash: other }),
  ];
  await stage.db.update(registrations).set({ language: 'es' }).where(eq(registrations.emailHash, other));
  const place = `Place ${newId()}`;
  const answer = await stage.send(stage.askFor(ids, { place }));
  await stage.server.services.registry.mails.settled();
  const mails = await stage.mailsAbout(place);
  expect(mails).toHaveLength(2);
  expect(mails.filter((mail) => mail.includes('pregunta si una cámara'))).toHaveLength(1);
  expect(mails.every((mail) => mail.includes('26-100') && mail.includes('A red van passed.'))).toBe(true);
  const { id, recipients } = footageRequestSchema.parse(answer.body['request']);
  expect(recipients.map(({ cameras }) => cameras.length).toSorted((a, b) => a - b)).toEqual([1, 2]);
  const told = JSON.stringify([answer.body, await stage.list()]);
  expect(told).not.toMatch(/Quimby|quimby|Secret Lane|555 0100/);
  for (const hash of [emailHash, other]) expect(told).not.toContain(hash);
  expect(await stage.typesAbout(id)).toEqual(['footage.requested', 'footage.mailed', 'footage.mailed']);
});

test('the preview is what the mail says, but for the link', async () => {
  const registrationId = await stage.register();
  const ask = stage.askFor([registrationId], { place: `Place ${newId()}` });
  const answer = await stage.analyst.call('POST', '/api/footage-requests/preview', ask);
  const mails = answer.body['mails'] as { language: string; text: string; subject: string }[];
  expect(mails.map(({ language }) => language)).toEqual(['en', 'es']);
  expect(await stage.mailsAbout(ask.place)).toEqual([]);
  await stage.send(ask);
  await stage.server.services.registry.mails.settled();
  const [mail = ''] = await stage.mailsAbout(ask.place);
  const [before = '', after = ''] = (mails[0]?.text ?? '').split('…');
  expect(mail).toContain(before);
  expect(mail).toContain(after);
});

test('FTG2 a link opens once, its secret is in no line, and another one goes to the same contact', async () => {
  const { request, mail, session } = await stage.opened();
  const secret = secretIn(mail);
  expect((await stage.openLink(secret)).status).toBe(410);
  expect((await stage.openLink('x'.repeat(43))).status).toBe(410);
  expect((await stage.stateOf(request.id)).state).toBe('opened');
  expect((await stage.read(session)).body).toMatchObject({
    place: request.place,
    timeZone: 'America/Chicago',
    cameras: [{ name: '17 Secret Lane', clockOffsetSeconds: -30 }],
  });
  const lines = JSON.stringify(await stage.db.select().from(auditEvents));
  expect(lines).not.toContain(secret);
  expect(lines).not.toContain(hashOfSecret(secret));
  for (const asked of [secret, 'y'.repeat(43)]) {
    const renewed = await renew(asked);
    expect([renewed.status, renewed.body]).toEqual([200, {}]);
  }
  await stage.server.services.registry.mails.settled();
  const mails = await stage.mailsAbout(request.place);
  expect(mails).toHaveLength(2);
  expect(mails.every((each) => each.startsWith(`To: ${testContact.email}`))).toBe(true);
  const other = mails.find((each) => secretIn(each) !== secret) ?? '';
  expect((await stage.openLink(secretIn(other))).status).toBe(200);
});

test('FTG2 of two openings of one link at once one opens it, and the log says so', async () => {
  const place = `Place ${newId()}`;
  const request = await stage.sent([await stage.register()], { place });
  const secret = secretIn((await stage.mailsAbout(place))[0] ?? '');
  const answers = await Promise.all([stage.openLink(secret), stage.openLink(secret)]);
  expect(statusesOf(answers)).toEqual([200, 410]);
  const types = await stage.typesAbout(request.id);
  expect(types.filter((type) => type === 'footage.linkOpened')).toHaveLength(1);
});

test('FTG2 nobody is mailed more than three links an hour, whoever asks at once', async () => {
  const { request, mail } = await stage.opened();
  await Promise.all(Array.from({ length: 5 }, () => renew(secretIn(mail))));
  await stage.server.services.registry.mails.settled();
  expect(await stage.mailsAbout(request.place)).toHaveLength(3);
});

test('an answer is changed until files are there', async () => {
  const { request, session } = await stage.opened();
  for (const answer of ['declined', 'nothingRecorded', 'hasIt']) {
    expect((await stage.answer(session, answer)).body['state']).toBe(answer);
    expect((await stage.stateOf(request.id)).state).toBe(answer);
  }
  expect((await stage.upload(session, Buffer.from('0123456789'))).status).toBe(204);
  expect((await stage.answer(session, 'declined')).status).toBe(409);
  expect((await stage.answer({}, 'declined')).status).toBe(401);
});

test('who says no while a file is on its way takes it back', async () => {
  const { request, session } = await stage.opened();
  await stage.answer(session, 'hasIt');
  const before = await stage.storedFiles();
  const bytes = Buffer.from('0123456789');
  const path = await stage.begun(session, bytes);
  expect((await stage.patch(session, path, 0, bytes.subarray(0, 4))).status).toBe(204);
  expect((await stage.answer(session, 'hasIt')).status).toBe(409);
  expect((await stage.answer(session, 'declined')).body).toMatchObject({ state: 'declined', files: [] });
  expect(await stage.storedFiles()).toEqual(before);
  expect((await stage.patch(session, path, 4, bytes.subarray(4))).status).toBe(404);
  expect(await stage.stateOf(request.id)).toMatchObject({ state: 'declined', files: [] });
  expect((await stage.begin(session, { bytes: 5 })).status).toBe(409);
});

test('FTG3 nobody reads a request but its sender and who was added, and no other agency', async () => {
  const { server } = stage;
  const { request, session } = await stage.opened();
  await stage.answer(session, 'hasIt');
  await stage.upload(session, Buffer.alloc(1_000, 7));
  const [file] = (await stage.stateOf(request.id)).files;
  const path = `/api/footage-files/${file?.id ?? ''}`;
  const people = `/api/footage-requests/${request.id}/people`;
  const colleague = await server.signIn('analyst');
  const supervisor = await server.signIn('supervisor');
  const foreign = await server.signIn('analyst', await seedTestAgency(stage.db, 'Another agency'));
  // Somebody who asks under the same case number comes no nearer.
  await stage.sent([await stage.register()], {}, colleague);
  for (const other of [colleague, supervisor, foreign]) {
    expect((await other.call('GET', path)).status).toBe(404);
    expect((await stage.list(other)).map(({ id }) => id)).not.toContain(request.id);
    expect((await other.call('POST', people, { email: 'nobody@test.example' })).status).toBe(404);
  }
  for (const role of ['administrator', 'auditor'] as const) {
    expect((await (await server.signIn(role)).call('GET', path)).status).toBe(403);
  }
  const addressOf = (client: TestClient) => (client.actor as { email?: string } | null)?.email ?? '';
  const add = (client: TestClient) => stage.analyst.call('POST', people, { email: addressOf(client) });
  expect((await add(foreign)).status).toBe(404);
  expect((await add(colleague)).body['people']).toMatchObject([{ id: colleague.actor?.userId }]);
  expect((await colleague.call('GET', path)).status).toBe(200);
  expect((await stage.list(colleague)).map(({ id }) => id)).toContain(request.id);
  expect((await supervisor.call('GET', path)).status).toBe(404);
  // Who reads it already is not added again, whoever asks.
  expect(statusesOf([await add(colleague), await add(stage.analyst)])).toEqual([409, 409]);
  const added = (await stage.typesAbout(request.id)).filter((type) => type === 'footage.personAdded');
  expect(added).toHaveLength(1);
});

test('older requests are listed page by page, each once', async () => {
  const place = `Place ${newId()}`;
  const { id } = await stage.sent([await stage.register()], { place });
  const [row] = await stage.db.select().from(footageRequests).where(eq(footageRequests.id, id));
  if (row === undefined) throw new Error('Nothing was sent.');
  const more = Array.from({ length: mostListedFootageRequests + 1 }, () => ({ ...row, id: newId() }));
  await stage.db.insert(footageRequests).values(more);
  const page = async (before?: string) => {
    const query = before === undefined ? '' : `?before=${before}`;
    const { body } = await stage.analyst.call('GET', `/api/footage-requests${query}`);
    return body as unknown as { requests: { id: string }[]; hasMore: boolean };
  };
  const first = await page();
  const second = await page(first.requests.at(-1)?.id);
  expect([first.hasMore, second.hasMore]).toEqual([true, false]);
  const listed = [...first.requests, ...second.requests].map((request) => request.id);
  expect(listed).toEqual([id, ...more.map((request) => request.id)].toReversed());
});

test('reading the list again and again is one line an hour', async () => {
  for (let read = 0; read < 3; read += 1) await stage.list();
  const userId = stage.analyst.actor?.userId ?? '';
  const lines = await stage.db.select().from(auditEvents).where(eq(auditEvents.actorId, userId));
  expect(lines.filter(({ type }) => type === 'footage.listed')).toHaveLength(1);
});

test('FTG6 requests are limited for a person and for a contact', async () => {
  const emailHash = newId();
  const [one, sibling, another] = [
    await stage.register({ emailHash }),
    await stage.register({ emailHash }),
    await stage.register(),
  ];
  for (let asked = 0; asked < mostRequestsToOneADay - 1; asked += 1) await stage.sent([one]);
  // About two cameras of one contact at once: there is room for one request.
  const both = await Promise.all([one, sibling].map((id) => stage.send(stage.askFor([id]))));
  expect(statusesOf(both)).toEqual([200, 409]);
  const answer = await stage.send(stage.askFor([one, another]));
  expect(answer.body['notAsked']).toEqual([{ id: one, why: 'askedTooOften' }]);
  expect((await stage.send(stage.askFor([one]))).body.error?.code).toBe('conflict');
  const [mine] = await stage.db
    .select()
    .from(footageRequests)
    .where(eq(footageRequests.createdBy, stage.analyst.actor?.userId ?? ''));
  if (mine === undefined) throw new Error('Nothing was sent.');
  await stage.db.insert(footageRequests).values(Array.from({ length: 30 }, () => ({ ...mine, id: newId() })));
  expect((await stage.send(stage.askFor([another]))).body.error?.code).toBe('tooManyRequests');
});

test('what cannot be asked is refused with its line', async () => {
  const { server } = stage;
  const registrationId = await stage.register();
  const closed = await seedTestIncident(stage.db, { agencyId: server.agencyId });
  const dispatcher = await server.signIn('dispatcher');
  await dispatcher.call('POST', `/api/incidents/${closed}/close`, { disposition: 'resolved' });
  const codes = async (asked: object) => (await stage.send(stage.askFor([registrationId], asked))).body.error?.code;
  expect(await codes({ incidentId: closed, caseNumber: null })).toBe('incidentClosed');
  expect(await codes({ incidentId: newId(), caseNumber: null })).toBe('notFound');
  expect(await codes({ caseNumber: null })).toBe('badRequest');
  expect(await codes({ timeZone: 'Nowhere/Atlantis' })).toBe('badRequest');
  expect(await codes({ deadline: later(60_000) })).toBe('badRequest');
  expect(await codes({ deadline: later(90 * dayMs) })).toBe('badRequest');
  expect(await codes({ window: { from: later(hourMs), to: later(2 * hourMs) } })).toBe('badRequest');
  expect((await stage.send(stage.askFor([newId()]))).body.error?.code).toBe('notFound');
  const elsewhere = await seedTestAgency(stage.db, 'Elsewhere');
  const foreign = await stage.register({ agencyId: elsewhere });
  expect((await stage.send(stage.askFor([foreign]))).body.error?.code).toBe('notFound');
});

test('FTG7 a contact is reminded once before the recording goes, and the request ends at its deadline', async () => {
  // Kept for 14 days, the clock half a minute behind: the window's begin goes in about three days.
  const window = { from: later(-11 * dayMs), to: later(-11 * dayMs + hourMs) };
  const { request, mail } = await stage.opened({ window });
  const { clock } = stage.services;
  const due = new Date(Date.now() + 2.5 * dayMs);
  await clock.run(new Date());
  expect((await stage.stateOf(request.id)).remindedAt).toBeNull();
  await clock.run(due);
  await clock.run(due);
  const reminders = (await stage.mailsAbout(request.place)).filter((each) => each !== mail);
  expect(reminders).toHaveLength(1);
  expect(reminders[0]).toContain('may soon be overwritten');
  expect((await stage.typesAbout(request.id)).filter((type) => type === 'footage.reminded')).toHaveLength(1);
  const over = new Date(Date.now() + 6 * dayMs);
  // Of two servers each runs its clock.
  await Promise.all([clock.run(over), clock.run(over)]);
  expect((await stage.stateOf(request.id)).state).toBe('expired');
  expect((await stage.typesAbout(request.id)).filter((type) => type === 'footage.expired')).toHaveLength(1);
  expect((await stage.openLink(secretIn(reminders[0] ?? ''))).status).toBe(410);
});

test('FTG7 a contact is reminded of what is left when the begin of it may be gone', async () => {
  // Kept for 14 days: the first day of two is gone, the second goes in the next one.
  const window = { from: later(-15 * dayMs), to: later(-13 * dayMs) };
  const { request } = await stage.opened({ window });
  const { overwrittenAt } = await stage.stateOf(request.id);
  expect(Date.parse(overwrittenAt ?? '')).toBeGreaterThan(Date.now());
  await stage.services.clock.run(new Date(Date.now() + 20 * hourMs));
  expect((await stage.stateOf(request.id)).remindedAt).not.toBeNull();
});

test('SRC4 a canary is asked and counted as anybody, mails nobody, and raises a finding', async () => {
  const { db, server } = stage;
  const registrationId = await stage.register();
  await db.update(registrations).set({ emailHash: null }).where(eq(registrations.id, registrationId));
  await insertCanary(db, { id: newId(), registrationId, agencyId: server.agencyId, madeAt: new Date() });
  const place = `Place ${newId()}`;
  const requests = [];
  for (let asked = 0; asked < mostRequestsToOneADay; asked += 1) {
    requests.push(await stage.sent([registrationId], { place }));
  }
  expect(await stage.mailsAbout(place)).toEqual([]);
  const [first] = requests;
  expect(await stage.stateOf(first?.id ?? '')).toMatchObject({
    kind: 'registrant',
    state: 'sent',
    mailedAt: expect.any(String),
    cameras: [{ kind: 'home' }],
  });
  expect(await stage.typesAbout(first?.id ?? '')).toEqual(['footage.requested', 'finding.opened', 'footage.mailed']);
  const again = await stage.send(stage.askFor([registrationId, await stage.register()]));
  expect(again.body['notAsked']).toEqual([{ id: registrationId, why: 'askedTooOften' }]);
  const auditor = await server.signIn('auditor');
  const { findings } = (await auditor.call('GET', '/api/findings')).body as { findings: object[] };
  const raised = findings.filter((finding) => JSON.stringify(finding).includes('Footage of a canary'));
  expect(raised).toHaveLength(mostRequestsToOneADay);
});

test('registrants find their requests on their own page, and forget them with their registration', async () => {
  const { db, server } = stage;
  const { registrationId, request, session } = await stage.opened();
  const [row] = await db.select().from(registrations).where(eq(registrations.id, registrationId));
  const emailHash = row?.emailHash ?? '';
  const signInAgain = async () => {
    const { secret, secretHash } = makeSecret();
    const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + hourMs)];
    const { agencyId } = server;
    await db.insert(registrantSessions).values({ id: newId(), agencyId, emailHash, secretHash, createdAt, expiresAt });
    return secret;
  };
  const headers = { 'commonsight-registrant-session': await signInAgain() };
  const inbox = await server.nobody.call('GET', '/api/registry/footage-requests', undefined, headers);
  expect(inbox.body['requests']).toMatchObject([{ number: '26-100', place: request.place, state: 'opened' }]);
  const [own] = inbox.body['requests'] as { id: string }[];
  const open = (id: string) =>
    server.nobody.call('POST', `/api/registry/footage-requests/${id}/open`, undefined, headers);
  const openedOwn = { [footageSessionHeader]: String((await open(own?.id ?? '')).body['secret']) };
  expect((await stage.read(openedOwn)).status).toBe(200);
  const foreign = await stage.stateOf((await stage.opened()).request.id);
  expect((await open(foreign.id)).status).toBe(404);
  // What was opened from a page is closed with it, and no other visit.
  await server.nobody.call('POST', '/api/registry/session/end', undefined, headers);
  expect(statusesOf([await stage.read(openedOwn), await stage.read(session)])).toEqual([200, 401]);
  expect((await stage.read(session)).status).toBe(200);
  const again = { 'commonsight-registrant-session': await signInAgain() };
  await server.nobody.call('DELETE', `/api/registry/registrations/${registrationId}`, undefined, again);
  expect((await stage.read(session)).status).toBe(401);
  expect((await stage.answer(session, 'declined')).status).toBe(401);
  const left = await db.select().from(footageRecipients).where(eq(footageRecipients.emailHash, emailHash));
  expect(left).toEqual([]);
  expect(await stage.stateOf(request.id)).toMatchObject({ cameras: [{ kind: 'gone', position: null }] });
});
