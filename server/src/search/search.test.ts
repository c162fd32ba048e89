import type { Role } from '@commonsight/types/permission';
import type { FoundSource, Search } from '@commonsight/types/search';
import { canarySchema, foundSourceSchema, mostRevealsAnHour, revealedContactSchema } from '@commonsight/types/search';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { agencies, auditEvents, cameras, canaries, registrationReveals, registrations, sites } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { listOwnReveals } from '../registry/revealRepository.ts';
import { seedTestRegistration, testContact, testDetails } from '../registry/testing/seedTestRegistration.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestCamera, seedTestIncident, seedTestSite, testPosition } from '../testing/seed.ts';
import { statusesOf } from '../testing/statusesOf.ts';

let server: TestServer;
/** Of one test: what another has registered, and its canaries, stand in no list of this one. */
let agencyId: string;
let elsewhere: string;
let analyst: TestClient;
const hourMs = 3_600_000;
/** East of where the test's cameras stand, within the view of those that look there. */
const scene = { latitude: testPosition.latitude, longitude: testPosition.longitude + 0.0002 };
const window = {
  from: new Date(Date.now() - 2 * hourMs).toISOString(),
  to: new Date(Date.now() - hourMs).toISOString(),
};

beforeAll(async () => {
  server = await createTestServer();
  elsewhere = await seedTestAgency(server.database.db, 'Another agency');
  await seedSources(elsewhere);
});

// And an hour's reveals of its own.
beforeEach(async () => {
  const { db } = server.database;
  agencyId = await seedTestAgency(db, `Agency ${newId()}`);
  const area = { south: 42, west: -89, north: 44, east: -87 };
  await db.update(agencies).set({ area }).where(eq(agencies.id, agencyId));
  await seedSources(agencyId);
  analyst = await signIn('analyst');
});

afterAll(() => server.close());

const signIn = (role: Role) => server.signIn(role, agencyId);

async function seedSources(of: string): Promise<void> {
  const { db } = server.database;
  const camera = await seedTestCamera(db, { agencyId: of, siteId: await seedTestSite(db, of), name: 'Corner' });
  await db.update(cameras).set({ bearingDegrees: 270 }).where(eq(cameras.id, camera.id));
  await register({ agencyId: of });
  await register({ agencyId: of, state: 'unverified' });
  await register({ agencyId: of, state: 'paused', pausedUntil: new Date(Date.now() + hourMs) });
  await register({ agencyId: of, position: { latitude: 43.5, longitude: -88 } });
}

const register = (of: Partial<Parameters<typeof seedTestRegistration>[1]> = {}) =>
  seedTestRegistration(server.database.db, {
    agencyId,
    keys: server.services.registry.keys,
    ...of,
  });

async function search(shape: Search['shape'], client = analyst): Promise<FoundSource[]> {
  const answer = await client.call('POST', '/api/search', { shape, window });
  expect(answer.status).toBe(200);
  return (answer.body['sources'] as unknown[]).map((source) => foundSourceSchema.parse(source));
}

const reveal = (id: string, asked: object = {}, client = analyst) =>
  client.call('POST', `/api/registrations/${id}/reveal`, {
    purpose: 'violentCrime',
    incidentId: null,
    caseNumber: '26-100',
    ...asked,
  });

const linesAbout = (id: string) =>
  server.database.db.select().from(auditEvents).where(eq(auditEvents.targetId, id)).orderBy(auditEvents.sequence);

test('SRC1 live and registered cameras of the own agency stand in one list, those that see the place first', async () => {
  const sources = await search({ kind: 'point', point: scene, radiusMetres: 200 });
  expect(sources.map(({ kind, sees }) => ({ kind, sees }))).toEqual([
    { kind: 'registered', sees: true },
    { kind: 'live', sees: false },
  ]);
  expect(sources[0]).toMatchObject({ of: 'home', overwriting: { state: 'kept' }, clockOffsetSeconds: -30 });
  expect(sources[1]).toMatchObject({ name: 'Corner', siteName: 'Test site', sharingMode: 'always' });
  expect(JSON.stringify(sources)).not.toMatch(/Secret|Quimby|quimby|555 0100/);
});

test('SRC2 of a recording that its registrant knows no retention of nothing is said', async () => {
  const id = await register();
  await server.database.db.update(registrations).set({ retentionDays: null }).where(eq(registrations.id, id));
  const sources = await search({ kind: 'point', point: scene, radiusMetres: 200 });
  expect(sources.find((source) => source.id === id)).toMatchObject({ retentionDays: null, overwriting: null });
});

test('SRC2 what a live camera saw is overwritten by what its owner said of its site, and nobody knows when without', async () => {
  const about = { kind: 'point', point: scene, radiusMetres: 200 } as const;
  const live = async () => (await search(about)).find(({ kind }) => kind === 'live');
  expect(await live()).toMatchObject({ overwriting: null });
  await server.database.db.update(sites).set({ keptDays: 3 }).where(eq(sites.agencyId, agencyId));
  expect(await live()).toMatchObject({ overwriting: { state: 'kept', hoursLeft: 69 } });
});

test('SRC1 a circle, a polygon and a route find the same camera, and none far away', async () => {
  const { latitude, longitude } = scene;
  const at = (north: number, east: number) => ({ latitude: latitude + north, longitude: longitude + east });
  const shapes: Search['shape'][] = [
    { kind: 'circle', centre: scene, radiusMetres: 10 },
    { kind: 'polygon', vertices: [at(-0.0001, 0), at(0.0001, 0), at(0, 0.0003)] },
    { kind: 'route', vertices: [at(-0.001, 0), at(0.001, 0)], widthMetres: 10 },
  ];
  for (const shape of shapes) {
    expect((await search(shape)).map(({ kind, sees }) => ({ kind, sees }))).toEqual([
      { kind: 'registered', sees: true },
    ]);
  }
  expect(await search({ kind: 'circle', centre: { latitude: 43.3, longitude: -88 }, radiusMetres: 100 })).toEqual([]);
});

test('SRC1 a search is a line with its place and time; questions that are none are refused', async () => {
  const point = { kind: 'point', point: scene, radiusMetres: 100 } as const;
  await search(point);
  const { db } = server.database;
  const lines = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.actorId, analyst.actor?.userId ?? ''));
  const line = lines.find(({ type }) => type === 'registration.searched');
  expect(line).toMatchObject({ outcome: 'done', details: { shape: point, window } });
  const refused = [
    { shape: { ...point, radiusMetres: 5_000 }, window },
    { shape: { kind: 'route', vertices: [scene, { latitude: 43.5, longitude: -88 }], widthMetres: 10 }, window },
    { shape: point, window: { from: window.to, to: window.from } },
    { shape: point, window: { from: '2100-01-01T00:00:00.000Z', to: '2100-01-02T00:00:00.000Z' } },
  ];
  for (const body of refused) expect((await analyst.call('POST', '/api/search', body)).status).toBe(400);
});

test('SRC3 a contact is revealed one at a time, with its line before, and its registrant reads when and what for', async () => {
  const id = await register();
  const answer = await reveal(id);
  expect(revealedContactSchema.parse(answer.body)).toEqual({ contact: testContact, address: testDetails.address });
  expect(await linesAbout(id)).toMatchObject([
    { type: 'registration.revealed', outcome: 'done', details: { purpose: 'violentCrime', caseNumber: '26-100' } },
  ]);
  const own = (await listOwnReveals(server.database.db, [id])).get(id);
  expect(own).toEqual([{ at: expect.any(String), purpose: 'violentCrime' }]);
});

test('SRC3 no contact without a purpose of the policy and an open incident or a case number', async () => {
  const id = await register();
  const { db } = server.database;
  const incidentId = await seedTestIncident(db, { agencyId });
  expect((await reveal(id, { caseNumber: null })).status).toBe(400);
  expect((await reveal(id, { incidentId })).status).toBe(400);
  const training = { purpose: 'training', incidentId, caseNumber: null };
  expect((await reveal(id, training)).body).toMatchObject({ error: { code: 'purposeNotAllowed' } });
  expect((await reveal(id, { purpose: 'training' })).body).toMatchObject({ error: { code: 'purposeNotAllowed' } });
  const supervisor = await signIn('supervisor');
  expect((await reveal(id, { incidentId, caseNumber: null })).status).toBe(200);
  expect(
    (await supervisor.call('POST', `/api/incidents/${incidentId}/close`, { disposition: 'resolved' })).status,
  ).toBe(200);
  expect((await reveal(id, { incidentId, caseNumber: null })).body).toMatchObject({
    error: { code: 'incidentClosed' },
  });
  expect(await db.$count(registrationReveals, eq(registrationReveals.registrationId, id))).toBe(1);
});

test('SRC3 what is deleted, paused, unverified or another agency’s has no contact', async () => {
  const ids = [
    await register({ agencyId: elsewhere }),
    await register({ state: 'unverified' }),
    await register({ state: 'paused', pausedUntil: new Date(Date.now() + hourMs) }),
  ];
  expect(statusesOf(await Promise.all(ids.map((id) => reveal(id))))).toEqual([404, 404, 404]);
  expect((await reveal(await register(), {}, await signIn('administrator'))).status).toBe(403);
});

test('SRC3 a user reveals so many an hour, asked at once too', async () => {
  const id = await register();
  const answers = await Promise.all(Array.from({ length: mostRevealsAnHour + 3 }, () => reveal(id)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(mostRevealsAnHour);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3);
});

const wholeTypes = (lines: { type: string }[]) => lines.map(({ type }) => type);

async function makeCanary(): Promise<string> {
  const administrator = await signIn('administrator');
  const made = await administrator.call('POST', '/api/registrations/canaries', {
    ...testDetails,
    contact: testContact,
  });
  expect(made.status).toBe(200);
  return String(made.body['id']);
}

const runAfter = (ms: number) => server.services.registry.clock.run(new Date(Date.now() + ms));
const dayMs = 24 * hourMs;
const canaryOf = async (id: string) => {
  const [row] = await server.database.db.select().from(canaries).where(eq(canaries.id, id));
  if (row === undefined) throw new Error('There is no such canary.');
  return row;
};
const rowOf = async (id: string | null) => {
  const [row] = await server.database.db
    .select()
    .from(registrations)
    .where(eq(registrations.id, id ?? ''));
  return row;
};

/** A canary that has become a registration: its own id and the registration's. */
async function grownCanary(): Promise<{ id: string; registrationId: string }> {
  const id = await makeCanary();
  const start = (await canaryOf(id)).dueAt ?? new Date();
  await server.services.registry.clock.run(start);
  await server.services.registry.clock.run(new Date(start.getTime() + hourMs));
  return { id, registrationId: (await canaryOf(id)).registrationId ?? '' };
}

test('SRC4 a canary is found like any other, and its reveal raises a finding of the system', async () => {
  const { id, registrationId } = await grownCanary();
  const found = await search({ kind: 'point', point: scene, radiusMetres: 50 });
  expect(found.map((source) => source.id)).toContain(registrationId);
  expect((await reveal(registrationId)).status).toBe(200);
  const auditor = await signIn('auditor');
  const { findings } = (await auditor.call('GET', '/api/findings')).body as { findings: object[] };
  expect(findings[0]).toMatchObject({ state: 'open', createdBy: null, note: expect.stringContaining('canary') });
  const administrator = await signIn('administrator');
  const outside = { ...testDetails, contact: testContact, position: { latitude: 10, longitude: 10 } };
  expect((await administrator.call('POST', '/api/registrations/canaries', outside)).status).toBe(422);
  expect((await administrator.call('DELETE', `/api/registrations/canaries/${id}`)).status).toBe(200);
});

test('SRC4 the log says of a canary what it says of a registration, and its maker’s line does not lead to it', async () => {
  const id = await makeCanary();
  const { dueAt } = await canaryOf(id);
  const start = dueAt?.getTime() ?? 0;
  expect(start - Date.now()).toBeGreaterThan(10 * 60_000);
  expect(start - Date.now()).toBeLessThan(dayMs);
  await server.services.registry.clock.run(new Date(start - 1));
  expect((await canaryOf(id)).registrationId).toBeNull();
  await server.services.registry.clock.run(new Date(start));
  const { registrationId } = await canaryOf(id);
  expect(await rowOf(registrationId)).toMatchObject({ state: 'unverified', emailHash: null });
  const verifiedAt = new Date(start + hourMs);
  await server.services.registry.clock.run(verifiedAt);
  // As of somebody who opens the link of the mail some time after the registration began.
  expect(await rowOf(registrationId)).toMatchObject({
    state: 'active',
    createdAt: new Date(start),
    lastConfirmedAt: verifiedAt,
  });
  const lines = await linesAbout(registrationId ?? '');
  expect(wholeTypes(lines)).toEqual(['registration.started', 'registration.linkOpened', 'registration.verified']);
  expect(lines.map(({ actorKind }) => actorKind)).toEqual(['anonymous', 'anonymous', 'anonymous']);
  // What the id tells of its time is the time of its line.
  const idMs = Number.parseInt((registrationId ?? '').replace('-', '').slice(0, 12), 16);
  expect(Math.abs(idMs - Date.parse(lines[0]?.at ?? ''))).toBeLessThan(60_000);
  const all = await server.database.db.select().from(auditEvents);
  const ofMaker = all.filter(({ type }) => type.startsWith('registration.canar'));
  expect(ofMaker).not.toHaveLength(0);
  expect(JSON.stringify(ofMaker)).not.toContain(registrationId);
});

test('SRC4 a canary is asked each year without a mail, and is confirmed', async () => {
  const { id, registrationId } = await grownCanary();
  const countBefore = (await linesAbout(registrationId)).length;
  await runAfter(367 * dayMs);
  expect(await rowOf(registrationId)).toMatchObject({ state: 'active', questions: 1 });
  await runAfter(377 * dayMs);
  const row = await rowOf(registrationId);
  expect(row).toMatchObject({ state: 'active', questions: 0, askedAt: null });
  expect(row?.lastConfirmedAt.getTime()).toBeGreaterThan(Date.now() + 376 * dayMs);
  expect(wholeTypes((await linesAbout(registrationId)).slice(countBefore))).toEqual([
    'registration.reminded',
    'registration.confirmed',
  ]);
  const administrator = await signIn('administrator');
  await administrator.call('DELETE', `/api/registrations/canaries/${id}`);
});

test('SRC4 administrators list canaries and remove them, and what they have become', async () => {
  const administrator = await signIn('administrator');
  const { id, registrationId } = await grownCanary();
  // Made after the clock has run ahead, which would have made a registration of it.
  const waiting = await makeCanary();
  const list = async () =>
    z
      .object({ canaries: z.array(canarySchema) })
      .parse((await administrator.call('GET', '/api/registrations/canaries')).body).canaries;
  const { position } = testDetails;
  expect(await list()).toMatchObject([
    { id, registrationId, state: 'active', position },
    { id: waiting, registrationId: null, state: 'waiting', position },
  ]);
  for (const each of [waiting, id]) {
    expect((await administrator.call('DELETE', `/api/registrations/canaries/${each}`)).status).toBe(200);
    expect((await administrator.call('DELETE', `/api/registrations/canaries/${each}`)).status).toBe(404);
  }
  expect(await list()).toEqual([]);
  expect(await rowOf(registrationId)).toMatchObject({ state: 'deleted', wrappedKey: null });
  expect(wholeTypes(await linesAbout(registrationId))).toContain('registration.deleted');
});
