import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolmentCodeSchema } from '@commonsight/types/relay/enrolment';
import { trainingCityCentre } from '@commonsight/types/training-city';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Access } from '../access/Access.ts';
import { CameraGroupLimits } from '../access/CameraLimits.ts';
import { Audit } from '../audit/Audit.ts';
import { distanceMetres } from '../cameras/reach.ts';
import type { Database } from '../db/Database.ts';
import { createPgliteDatabase } from '../db/testing/createTestDatabase.ts';
import { grants, registrations, wallTiles } from '../db/schema.ts';
import { Policies } from '../policy/Policies.ts';
import { assertWithin } from '../registry/Registry.ts';
import { type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { trainingCameras, trainingIncidents } from './plan.ts';
import { trainingArea } from './seedRegistrations.ts';
import { seedTrainingCity } from './seedTrainingCity.ts';
import type { TrainingFile } from './TrainingFile.ts';

let server: TestServer;

beforeAll(async () => {
  server = await createTestServer({ isTrainingCity: true }, { database: await createPgliteDatabase() });
});

afterAll(() => server.close());

const path = () => join(server.config.dataDir, 'training.json');
const readTraining = async () => JSON.parse(await readFile(path(), 'utf8')) as TrainingFile;
const reseed = () =>
  seedTrainingCity({
    db: server.database.db,
    audit: new Audit(server.database.db),
    policies: server.services.policies,
    registryKeys: server.services.registry.keys,
    dataDir: server.config.dataDir,
  });

async function signIn(role: string) {
  const user = (await readTraining()).users.find((entry) => entry.role === role);
  const answer = await server.nobody.call('POST', '/api/auth/sign-in/email', {
    email: user?.email,
    password: user?.password,
  });
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return (method: string, url: string, body?: unknown) => server.nobody.call(method, url, body, { cookie });
}

test('the city is within 1.2 km of its centre, and both incidents are seen by a camera', () => {
  for (const { position } of trainingCameras) {
    expect(distanceMetres(position, trainingCityCentre)).toBeLessThan(1_200);
  }
  expect(trainingCameras).toHaveLength(16);
  expect(trainingIncidents).toHaveLength(2);
});

test('the file says where to look and with which account, to this user alone', async () => {
  expect((await stat(path())).mode & 0o777).toBe(0o600);
  const training = await readTraining();
  expect(training.users.map((user) => user.role)).toEqual([
    'analyst',
    'dispatcher',
    'supervisor',
    'auditor',
    'administrator',
  ]);
  expect(training.cameras.map((camera) => camera.number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  expect(training.cameras[0]?.name).toBe('Harbor & 3rd');
});

test('each user can sign in; who may look holds a grant for every camera under the wall’s incident', async () => {
  const { wallId } = await readTraining();
  for (const role of ['analyst', 'dispatcher', 'supervisor']) {
    const call = await signIn(role);
    const incidents = (await call('GET', '/api/incidents')).body['incidents'] as { id: string; number: number }[];
    expect(incidents.map((incident) => incident.number)).toEqual([2041, 2040]);
    const held = (await call('GET', '/api/grants')).body['grants'] as { incidentId: string; cameraIds: string[] }[];
    expect(held).toMatchObject([{ incidentId: incidents[0]?.id, purpose: 'training' }]);
    expect(held[0]?.cameraIds).toHaveLength(16);
    const tiles = await server.database.db.select().from(wallTiles);
    expect(tiles).toHaveLength(9);
    expect(tiles.every((tile) => tile.wallId === wallId && tile.incidentId === incidents[0]?.id)).toBe(true);
  }
});

test('sixty cameras are registered around the incidents, once, within the area', async () => {
  await reseed();
  const registered = await server.database.db.select().from(registrations).where(eq(registrations.state, 'active'));
  expect(registered).toHaveLength(60);
  for (const { latitude, longitude } of registered) {
    const position = { latitude: latitude ?? 0, longitude: longitude ?? 0 };
    expect(() => assertWithin(trainingArea, position)).not.toThrow();
    const distances = trainingIncidents.map((incident) => distanceMetres(incident.position, position));
    expect(Math.min(...distances)).toBeLessThan(421);
  }
});

test('the administrator can enrol a relay at the site', async () => {
  const call = await signIn('administrator');
  const { siteId } = await readTraining();
  const { body } = await call('POST', `/api/sites/${siteId}/enrolment-codes`);
  expect(enrolmentCodeSchema.safeParse(body['code']).success).toBe(true);
});

test('a second start changes nothing but the grants’ end, and opens the wall’s incident again', async () => {
  const before = await readTraining();
  const call = await signIn('dispatcher');
  const incidents = (await call('GET', '/api/incidents')).body['incidents'] as { id: string; number: number }[];
  const robbery = incidents.find((incident) => incident.number === 2041);
  await call('POST', `/api/incidents/${robbery?.id}/close`, { disposition: 'resolved' });
  await reseed();
  await reseed();
  expect(await readTraining()).toEqual(before);
  const held = (await call('GET', '/api/grants')).body['grants'];
  expect(held).toMatchObject([{ incidentId: robbery?.id }]);
  const rows = await server.database.db.select().from(grants);
  expect(rows.filter((row) => row.endedAt === null)).toHaveLength(3);
});

test('when the file is lost the passwords are new, when the records are lost they stay', async () => {
  const before = await readTraining();
  await rm(path());
  await reseed();
  const after = await readTraining();
  expect(after.wallId).toBe(before.wallId);
  expect(after.users[0]?.password).not.toBe(before.users[0]?.password);
  expect((await (await signIn('analyst'))('GET', '/api/me')).status).toBe(200);

  const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-training-'));
  const seedInto = async (database: Database) => {
    const { db } = database;
    const audit = new Audit(db);
    const parts = { db, audit, access: new Access(audit, new CameraGroupLimits(db)), notices: server.server.notices };
    const policies = await Policies.create({ ...parts, policyFile: server.config.policyFile });
    await seedTrainingCity({ db, audit, policies, registryKeys: server.services.registry.keys, dataDir });
    await database.close();
    return JSON.parse(await readFile(join(dataDir, 'training.json'), 'utf8')) as TrainingFile;
  };
  const first = await seedInto(await createPgliteDatabase());
  const second = await seedInto(await createPgliteDatabase());
  expect(second.users).toEqual(first.users);
  expect(second.wallId).not.toBe(first.wallId);
  await rm(dataDir, { recursive: true });
});
