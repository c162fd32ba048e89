import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestCamera, seedTestIncident, seedTestSite, testPosition } from '../testing/seed.ts';

let server: TestServer;
let dispatcher: TestClient;
let siteId: string;

beforeAll(async () => {
  server = await createTestServer();
  dispatcher = await server.signIn('dispatcher');
  siteId = await seedTestSite(server.database.db, server.agencyId);
});

afterAll(() => server.close());

async function open() {
  const { body } = await dispatcher.call('POST', '/api/incidents', {
    title: '  Robbery  ',
    priority: 1,
    position: testPosition,
  });
  return { id: String(body['id']), body };
}

const addCamera = async (name: string) =>
  (await seedTestCamera(server.database.db, { agencyId: server.agencyId, siteId, name })).id;

async function timelineOf(id: string) {
  const { body } = await dispatcher.call('GET', `/api/incidents/${id}`);
  return (body['timeline'] as { kind: string; text: string; author: { name: string } | null }[]).map(
    ({ kind, text, author }) => `${kind} ${author?.name}: ${text}`,
  );
}

test('an incident is opened with the next number and says so on its timeline', async () => {
  const first = await open();
  const second = await open();
  expect(first.body).toMatchObject({ title: 'Robbery', revision: 0, closedAt: null, cameraIds: [], isTraining: false });
  expect(Number(second.body['number'])).toBe(Number(first.body['number']) + 1);
  expect(await timelineOf(first.id)).toEqual(['system The dispatcher: Incident opened.']);
});

test('a change raises the revision and says on the timeline what is different', async () => {
  const { id } = await open();
  const [north, south] = [await addCamera('North'), await addCamera('South')];
  const change = { title: 'Armed robbery', priority: 2, cameraIds: [south, north, south] };
  const { body } = await dispatcher.call('PATCH', `/api/incidents/${id}`, change);
  expect(body).toMatchObject({ title: 'Armed robbery', priority: 2, revision: 1, cameraIds: [south, north] });
  await dispatcher.call('PATCH', `/api/incidents/${id}`, {
    cameraIds: [north],
    position: { latitude: 1, longitude: 1 },
  });
  const lines = (await timelineOf(id)).map((line) => line.replaceAll(/ \d+ (?=North|South)/g, ' '));
  expect(lines.slice(1)).toEqual([
    'system The dispatcher: Title changed to "Armed robbery".',
    'system The dispatcher: Priority changed from 1 to 2.',
    'system The dispatcher: Cameras added: South, North.',
    'system The dispatcher: Moved on the map.',
    'system The dispatcher: Cameras taken away: South.',
  ]);
});

test('cameras are added behind those that it has', async () => {
  const { id } = await open();
  const [first, second] = [await addCamera('First'), await addCamera('Second')];
  const { incidents } = server.services;
  const actor = dispatcher.actor;
  if (actor === null) throw new Error('not signed in');
  await incidents.addCameras(actor, id, [first]);
  const incident = await incidents.addCameras(actor, id, [second, first]);
  expect(incident).toMatchObject({ cameraIds: [first, second], revision: 2 });
  expect(await incidents.addCameras(actor, id, [first])).toMatchObject({ revision: 2 });
  await expect(incidents.addCameras(actor, id, [newId()])).rejects.toMatchObject({ code: 'notFound' });
});

test('a note is written by its author', async () => {
  const { id } = await open();
  const { body } = await dispatcher.call('POST', `/api/incidents/${id}/notes`, { text: 'Two people left north.' });
  expect(body).toMatchObject({ kind: 'note', author: { id: dispatcher.actor?.userId }, incidentId: id });
  expect((await timelineOf(id)).at(-1)).toBe('note The dispatcher: Two people left north.');
});

describe('a closed incident', () => {
  test('has left the list, keeps its timeline and is not changed any more', async () => {
    const { id } = await open();
    const closed = await dispatcher.call('POST', `/api/incidents/${id}/close`, { disposition: 'handedOver' });
    expect(closed.body).toMatchObject({ disposition: 'handedOver', revision: 1 });
    const listed = async (state: string) => {
      const { body } = await dispatcher.call('GET', `/api/incidents?state=${state}`);
      return (body['incidents'] as { id: string }[]).some((incident) => incident.id === id);
    };
    expect([await listed('open'), await listed('closed')]).toEqual([false, true]);
    expect((await timelineOf(id)).at(-1)).toBe('system The dispatcher: Incident closed as handed over.');
    const acts = [
      await dispatcher.call('PATCH', `/api/incidents/${id}`, { title: 'Again' }),
      await dispatcher.call('POST', `/api/incidents/${id}/notes`, { text: 'Late' }),
      await dispatcher.call('POST', `/api/incidents/${id}/close`, { disposition: 'resolved' }),
    ];
    expect(acts.map((answer) => answer.body.error?.code)).toEqual(acts.map(() => 'incidentClosed'));
  });

  test('is closed once when two close it', async () => {
    const { id } = await open();
    const close = () => dispatcher.call('POST', `/api/incidents/${id}/close`, { disposition: 'resolved' });
    const answers = await Promise.all([close(), close()]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
  });
});

test('MSG6 what another agency has is not found and not listed, in every way that asks for it', async () => {
  const { db } = server.database;
  const other = await seedTestAgency(db, 'Other agency');
  const otherSite = await seedTestSite(db, other);
  const otherCamera = await seedTestCamera(db, { agencyId: other, siteId: otherSite });
  const otherIncident = await seedTestIncident(db, { agencyId: other });
  const stranger = await server.signIn('analyst', other);
  const administrator = await server.signIn('administrator');
  const own = await open();

  const incident = `/api/incidents/${otherIncident}`;
  const cone = { bearingDegrees: 0, angleDegrees: 1, rangeMetres: 1 };
  const camera = { siteId: otherSite, name: 'x', position: testPosition, viewCone: cone };
  const answers = await Promise.all([
    dispatcher.call('GET', incident),
    dispatcher.call('PATCH', incident, { title: 'Taken' }),
    dispatcher.call('PATCH', `/api/incidents/${own.id}`, { cameraIds: [otherCamera.id] }),
    dispatcher.call('POST', `${incident}/notes`, { text: 'x' }),
    dispatcher.call('POST', `${incident}/close`, { disposition: 'resolved' }),
    administrator.call('POST', '/api/cameras', camera),
    administrator.call('PATCH', `/api/cameras/${otherCamera.id}`, { name: 'Taken' }),
    administrator.call('POST', `/api/users/${stranger.actor?.userId}/disable`),
    administrator.call('POST', `/api/relays/${newId()}/revoke`),
  ]);
  const unknown = await dispatcher.call('GET', `/api/incidents/${newId()}`);
  expect(unknown.status).toBe(404);
  expect(answers.map((answer) => [answer.status, answer.body])).toEqual(answers.map(() => [404, unknown.body]));

  const near = `/api/cameras/near?latitude=${testPosition.latitude}&longitude=${testPosition.longitude}&limit=50`;
  for (const [client, path] of [
    [dispatcher, '/api/cameras'],
    [dispatcher, near],
    [dispatcher, '/api/incidents'],
    [dispatcher, '/api/sites'],
    [administrator, '/api/users'],
    [administrator, '/api/audit-events?limit=200'],
  ] as const) {
    const text = JSON.stringify((await client.call('GET', path)).body);
    // The audit holds the ids that this agency's own users have asked for, and no line of the other agency.
    const foreign = path.includes('audit') ? [`"agencyId":"${other}"`] : [otherCamera.id, otherIncident, otherSite];
    for (const id of foreign) expect(text).not.toContain(id);
  }
});
