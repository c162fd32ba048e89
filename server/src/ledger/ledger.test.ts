import { ledgerSchema, ledgerSecretHeader, type LedgerLine, withholdingSchema } from '@commonsight/types/ledger';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvents, grants, viewings } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import {
  seedTestAgency,
  seedTestCamera,
  seedTestIncident,
  seedTestSite,
  seedTestUser,
  type TestCamera,
} from '../testing/seed.ts';
import { statusesOf } from '../testing/statusesOf.ts';
import { Pseudonyms } from './Pseudonyms.ts';

let server: TestServer;
let administrator: TestClient;
let supervisor: TestClient;
let siteId: string;
let camera: TestCamera;
let incidentId: string;
let url: string;

beforeAll(async () => {
  server = await createTestServer();
  const { db } = server.database;
  [administrator, supervisor] = [await server.signIn('administrator'), await server.signIn('supervisor')];
  siteId = await seedTestSite(db, server.agencyId);
  camera = await seedTestCamera(db, { agencyId: server.agencyId, siteId });
  incidentId = await seedTestIncident(db, { agencyId: server.agencyId });
  url = String((await administrator.call('POST', `/api/sites/${siteId}/ledger-links`)).body['url']);
});

afterAll(() => server.close());

const secretOf = (link: string) => new URL(link).hash.slice(1);

function ask(secret: string, query = '') {
  return server.nobody.call('GET', `/api/ledger${query}`, undefined, { [ledgerSecretHeader]: secret });
}

async function readLedger(secret = secretOf(url), query = '') {
  return ledgerSchema.parse((await ask(secret, query)).body);
}

/** A viewing's record as it is committed with its audit line, before anything flows. */
async function seedViewing(of: {
  userId: string;
  camera?: TestCamera;
  incidentId?: string;
  endedAt?: Date;
  isBreakGlass?: boolean;
}): Promise<string> {
  const { db } = server.database;
  const [id, grantId, seen] = [newId(), newId(), of.camera ?? camera];
  const common = {
    agencyId: server.agencyId,
    userId: of.userId,
    incidentId: of.incidentId ?? incidentId,
    purpose: 'propertyCrime' as const,
  };
  const [startsAt, endsAt] = [new Date(), new Date(Date.now() + 1_800_000)];
  const { hash: policyHash } = await server.services.policies.current(server.agencyId);
  await db.insert(grants).values({
    id: grantId,
    ...common,
    startsAt,
    endsAt,
    latestEndsAt: endsAt,
    endedAt: startsAt,
    policyHash,
    isBreakGlass: of.isBreakGlass ?? false,
  });
  await db.insert(viewings).values({
    id,
    ...common,
    sessionId: newId(),
    cameraId: seen.id,
    streamId: seen.streams.main,
    stream: 'main',
    grantId,
    startedAt: startsAt,
    endedAt: of.endedAt ?? null,
  });
  return id;
}

test('the owner sees who looks, from the moment in which the record is there', async () => {
  const analyst = await seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });
  const viewingId = await seedViewing({ userId: analyst.userId });
  const ledger = await readLedger();
  expect(ledger).toMatchObject({ site: { name: 'Test site' }, agency: { name: 'Test agency' }, watching: 1 });
  expect(ledger.lines[0]).toMatchObject({
    viewingId,
    cameraId: camera.id,
    endedAt: null,
    kind: 'live',
    purpose: 'propertyCrime',
    isBreakGlass: false,
    incident: { state: 'shown', number: 1 },
    role: 'analyst',
  });
  const text = JSON.stringify(ledger);
  for (const secret of [analyst.userId, analyst.name, analyst.email, server.agencyId]) {
    expect(text).not.toContain(secret);
  }
});

test('BRK1 the owner sees that somebody broke the glass for it', async () => {
  const analyst = await seedTestUser(server.database.db, { agencyId: server.agencyId, role: 'analyst' });
  const viewingId = await seedViewing({ userId: analyst.userId, endedAt: new Date(), isBreakGlass: true });
  expect((await readLedger()).lines.find((line) => line.viewingId === viewingId)?.isBreakGlass).toBe(true);
});

test('the same person is known again at one site, and not across sites', async () => {
  const { db } = server.database;
  const [one, other] = [
    await seedTestUser(db, { agencyId: server.agencyId, role: 'analyst' }),
    await seedTestUser(db, { agencyId: server.agencyId, role: 'analyst' }),
  ];
  const secondSite = await seedTestSite(db, server.agencyId);
  const secondCamera = await seedTestCamera(db, { agencyId: server.agencyId, siteId: secondSite });
  const secondUrl = String((await administrator.call('POST', `/api/sites/${secondSite}/ledger-links`)).body['url']);
  for (const userId of [one.userId, one.userId, other.userId]) await seedViewing({ userId });
  await seedViewing({ userId: one.userId, camera: secondCamera });

  const [third, second, first] = (await readLedger()).lines as [LedgerLine, LedgerLine, LedgerLine];
  expect(first.pseudonym).toBe(second.pseudonym);
  expect(third.pseudonym).not.toBe(first.pseudonym);
  const elsewhere = await readLedger(secretOf(secondUrl));
  expect(elsewhere.lines).toHaveLength(1);
  expect(elsewhere.lines[0]?.pseudonym).not.toBe(first.pseudonym);
  expect(await new Pseudonyms(server.config.dataDir).of(siteId, one.userId)).toBe(first.pseudonym);
});

test('LOG11 who tries secrets on and on leaves some lines and a count', async () => {
  const { app } = server.server;
  const headers = { [ledgerSecretHeader]: 'y'.repeat(43) };
  const knock = () => app.inject({ url: '/api/ledger', remoteAddress: '198.51.100.44', headers });
  const statuses = (await Promise.all(Array.from({ length: 150 }, knock))).map(({ statusCode }) => statusCode);
  expect(new Set(statuses)).toEqual(new Set([404, 429]));
  await server.services.refusals.writeCounted();
  const rows = await server.database.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.sourceAddress, '198.51.100.44'));
  const refused = statuses.filter((status) => status === 404).length;
  expect(rows.filter(({ type }) => type === 'ledger.read')).toHaveLength(refused);
  const counts = rows.filter(({ type }) => type === 'refusals.counted').map(({ details }) => details['count']);
  expect(counts).toEqual([150 - refused]);
});

test('a wrong secret, none, and a revoked one open nothing, and are written down', async () => {
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const secret = secretOf(String(made.body['url']));
  const { id } = made.body['link'] as { id: string };
  expect((await ask(secret)).status).toBe(200);
  expect((await supervisor.call('POST', `/api/ledger-links/${id}/revoke`)).status).toBe(403);
  expect((await administrator.call('POST', `/api/ledger-links/${id}/revoke`)).status).toBe(200);
  for (const wrong of [secret, 'x'.repeat(43), '']) expect((await ask(wrong)).status).toBe(404);
  expect((await server.nobody.call('GET', `/api/ledger?secret=${secretOf(url)}`)).status).toBe(404);
  const lines = await administrator.call('GET', '/api/audit-events?type=ledger.read');
  expect(lines.body['events']).toContainEqual(
    expect.objectContaining({ outcome: 'done', targetId: siteId, details: expect.objectContaining({ linkId: id }) }),
  );
  const links = await administrator.call('GET', `/api/sites/${siteId}/ledger-links`);
  expect(JSON.stringify(links.body)).not.toContain(secret);
});

test('reading is one line an hour, however often the page asks', async () => {
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const secret = secretOf(String(made.body['url']));
  for (let each = 0; each < 3; each += 1) await ask(secret);
  const { id } = made.body['link'] as { id: string };
  const lines = await administrator.call('GET', `/api/audit-events?type=ledger.read&text=${id}`);
  expect(lines.body['events']).toHaveLength(1);
});

test('a link is made for a site of the own agency only', async () => {
  const { db } = server.database;
  const elsewhere = await seedTestAgency(db, 'Other agency');
  const otherSite = await seedTestSite(db, elsewhere);
  expect((await administrator.call('POST', `/api/sites/${otherSite}/ledger-links`)).status).toBe(404);
  const other = await server.signIn('administrator', elsewhere);
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const { id } = made.body['link'] as { id: string };
  expect((await other.call('POST', `/api/ledger-links/${id}/revoke`)).status).toBe(404);
});

test('a supervisor withholds a number for a while, once, and the count is always there', async () => {
  const { db } = server.database;
  const secretIncident = await seedTestIncident(db, { agencyId: server.agencyId });
  const analyst = await seedTestUser(db, { agencyId: server.agencyId, role: 'analyst' });
  await seedViewing({ userId: analyst.userId, incidentId: secretIncident, endedAt: new Date() });
  const path = `/api/incidents/${secretIncident}/withhold`;
  const note = 'A witness would be in danger.';
  expect((await administrator.call('POST', path, { days: 3, note })).status).toBe(403);
  expect((await supervisor.call('POST', path, { days: 31, note })).status).toBe(400);
  expect((await supervisor.call('POST', path, { days: 3, note: ' ' })).status).toBe(400);
  const withheld = withholdingSchema.parse((await supervisor.call('POST', path, { days: 3, note })).body);
  expect((await supervisor.call('POST', path, { days: 30, note })).status).toBe(409);

  const ledger = await readLedger();
  expect(ledger.withheld).toBe(1);
  const lastDay = withheld.endsAt.slice(0, 10);
  const until = new Date(Date.parse(lastDay) + 24 * 60 * 60_000).toISOString();
  expect(ledger.lines[0]?.incident).toEqual({ state: 'withheld', until });
  // Also on a page of lines none of which is withheld.
  expect((await readLedger(secretOf(url), `?before=${ledger.lines[0]?.viewingId}`)).withheld).toBe(1);

  expect((await supervisor.call('POST', `${path}/end`)).status).toBe(200);
  expect((await readLedger()).lines[0]?.incident).toMatchObject({ state: 'shown' });
  expect((await supervisor.call('POST', path, { days: 3, note })).status).toBe(409);
  const lines = await administrator.call('GET', `/api/audit-events?targetId=${secretIncident}`);
  expect((lines.body['events'] as { type: string; outcome: string }[]).map(({ type }) => type)).toContain(
    'ledger.withheld',
  );
});

test('a number that is withheld, or shown, twice at once leaves one line', async () => {
  const incident = await seedTestIncident(server.database.db, { agencyId: server.agencyId });
  const path = `/api/incidents/${incident}/withhold`;
  const asked = { days: 3, note: 'A witness would be in danger.' };
  for (const [to, body, type] of [
    [path, asked, 'ledger.withheld'],
    [`${path}/end`, undefined, 'ledger.withholdingEnded'],
  ] as const) {
    const answers = await Promise.all([supervisor.call('POST', to, body), supervisor.call('POST', to, body)]);
    expect(statusesOf(answers)).toEqual([200, 409]);
    const lines = await administrator.call('GET', `/api/audit-events?targetId=${incident}&type=${type}`);
    const outcomes = (lines.body['events'] as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['done', 'refused']);
  }
});

test('supervisors see which numbers are and were withheld, why and until when; another agency sees its own', async () => {
  const { db } = server.database;
  const incident = await seedTestIncident(db, { agencyId: server.agencyId });
  const note = 'A witness would be in danger.';
  await supervisor.call('POST', `/api/incidents/${incident}/withhold`, { days: 3, note });
  const { body } = await supervisor.call('GET', '/api/withholdings');
  expect(body['withholdings']).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        incidentId: incident,
        incident: { number: expect.any(Number), title: 'Test incident' },
        createdBy: expect.objectContaining({ id: supervisor.actor?.userId }),
        endedAt: null,
        note,
      }),
    ]),
  );
  await supervisor.call('POST', `/api/incidents/${incident}/withhold/end`);
  const after = await supervisor.call('GET', '/api/withholdings');
  expect(after.body['withholdings']).toContainEqual(
    expect.objectContaining({ incidentId: incident, endedAt: expect.any(String) }),
  );
  expect((await administrator.call('GET', '/api/withholdings')).status).toBe(403);
  const stranger = await server.signIn('supervisor', await seedTestAgency(db, `Other ${newId()}`));
  expect((await stranger.call('GET', '/api/withholdings')).body['withholdings']).toEqual([]);
});

test('older lines are paged on to, and one camera can be asked for', async () => {
  const { db } = server.database;
  const analyst = await seedTestUser(db, { agencyId: server.agencyId, role: 'analyst' });
  const second = await seedTestCamera(db, { agencyId: server.agencyId, siteId });
  const id = await seedViewing({ userId: analyst.userId, camera: second });
  expect((await readLedger(secretOf(url), `?cameraId=${second.id}`)).lines.map((line) => line.viewingId)).toEqual([id]);
  const older = await readLedger(secretOf(url), `?before=${id}`);
  expect(older.lines.every((line) => line.viewingId < id)).toBe(true);
  expect(older.hasMore).toBe(false);
});
