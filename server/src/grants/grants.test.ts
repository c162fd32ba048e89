import { verify, createPublicKey } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantClaimsSchema, grantSignatureContext } from '@commonsight/types/relay/signed-grant';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UserActor } from '../access/Actor.ts';
import { Audit } from '../audit/Audit.ts';
import { grants } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { createLogger } from '../logger.ts';
import type { NoticeMap } from '../notices.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { type TestCamera, seedTestAgency, seedTestCamera, seedTestIncident, seedTestSite } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { GrantClock } from './GrantClock.ts';
import { GrantSigner } from './GrantSigner.ts';

let server: TestServer;
let dispatcher: TestClient;
let analyst: TestClient;
let siteId: string;
let camera: TestCamera;
let incidentId: string;
let ended: NoticeMap['grantEnded'][];

beforeAll(async () => {
  server = await createTestServer();
  dispatcher = await server.signIn('dispatcher');
  analyst = await server.signIn('analyst');
  siteId = await seedTestSite(server.database.db, server.agencyId);
  server.server.notices.on('grantEnded', (notice) => void ended.push(notice));
});

afterAll(() => server.close());

beforeEach(async () => {
  ended = [];
  const { db } = server.database;
  camera = await seedTestCamera(db, { agencyId: server.agencyId, siteId });
  incidentId = await seedTestIncident(db, { agencyId: server.agencyId });
});

const minuteMs = 60_000;
const userOf = (client: TestClient) => client.actor as UserActor;

function request(client: TestClient, changes: object = {}) {
  const wish = { incidentId, purpose: 'violentCrime', cameraIds: [camera.id] };
  return client.call('POST', '/api/grants', { ...wish, ...changes });
}

const requireGrant = (cameraId = camera.id, incident = incidentId) =>
  server.services.grants.requireGrant(userOf(analyst), cameraId, incident);

/** Moves the end of a grant as if time had passed. */
const setEnd = (id: unknown, endsAt: Date) =>
  server.database.db
    .update(grants)
    .set({ endsAt })
    .where(eq(grants.id, String(id)));

describe('asking for a grant', () => {
  test('gives one for 30 minutes, and a line before it', async () => {
    const { body } = await request(analyst);
    const lifeMs = Date.parse(String(body['endsAt'])) - Date.parse(String(body['startsAt']));
    expect(lifeMs).toBe(30 * minuteMs);
    expect(body).toMatchObject({ userId: userOf(analyst).userId, incidentId, cameraIds: [camera.id], endedAt: null });
    const lines = await new Audit(server.database.db).list(server.agencyId, { limit: 5 });
    expect(lines).toContainEqual(
      expect.objectContaining({ type: 'grant.created', grantId: body['id'], targetId: incidentId, outcome: 'done' }),
    );
  });

  test('for a training incident gives one for weeks', async () => {
    const training = await seedTestIncident(server.database.db, { agencyId: server.agencyId, isTraining: true });
    const { body } = await request(analyst, { incidentId: training, purpose: 'training' });
    expect(Date.parse(String(body['endsAt'])) - Date.now()).toBeGreaterThan(7 * 24 * 60 * minuteMs);
  });

  test('without a purpose is answered with grantNeeded, once there is one the running purpose is used', async () => {
    expect((await request(analyst, { purpose: null })).body.error?.code).toBe('grantNeeded');
    const first = await request(analyst);
    const second = await seedTestCamera(server.database.db, { agencyId: server.agencyId, siteId });
    const again = await request(analyst, { purpose: null, cameraIds: [second.id] });
    expect(again.body).toMatchObject({ id: first.body['id'], purpose: 'violentCrime' });
    expect(new Set(again.body['cameraIds'] as string[])).toEqual(new Set([camera.id, second.id]));
  });

  test('with another purpose than the running one is a conflict', async () => {
    await request(analyst);
    expect((await request(analyst, { purpose: 'propertyCrime' })).body.error?.code).toBe('conflict');
  });

  test('twice at once makes one', async () => {
    const answers = await Promise.all([request(analyst), request(analyst), request(analyst)]);
    expect(new Set(answers.map((answer) => answer.body['id'])).size).toBe(1);
    expect((await analyst.call('GET', '/api/grants')).body['grants']).toContainEqual(
      expect.objectContaining({ incidentId }),
    );
  });

  test('MSG6 for an unknown incident or camera, or one of another agency, finds nothing', async () => {
    const { db } = server.database;
    const other = await seedTestAgency(db, `Others ${newId()}`);
    const foreign = {
      incidentId: await seedTestIncident(db, { agencyId: other }),
      camera: await seedTestCamera(db, { agencyId: other, siteId: await seedTestSite(db, other) }),
    };
    const tries = [
      { incidentId: newId() },
      { incidentId: foreign.incidentId },
      { cameraIds: [newId()] },
      { cameraIds: [camera.id, foreign.camera.id] },
    ];
    const answers = await Promise.all(tries.map((changes) => request(analyst, changes)));
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(
      tries.map(() => [404, { error: { code: 'notFound', message: 'Not found.' } }]),
    );
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
  });

  test('for a camera that its owner does not share is refused', async () => {
    const off = await seedTestCamera(server.database.db, { agencyId: server.agencyId, siteId, sharingMode: 'off' });
    expect((await request(analyst, { cameraIds: [off.id] })).body.error?.code).toBe('notShared');
  });
});

describe('CON1 looking', () => {
  test('needs a running grant for this user, camera and incident', async () => {
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
    await request(dispatcher);
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
    const { body } = await request(analyst);
    expect(await requireGrant()).toMatchObject({
      grant: { id: body['id'], purpose: 'violentCrime' },
      incident: { id: incidentId, title: 'Test incident' },
    });
    const second = await seedTestCamera(server.database.db, { agencyId: server.agencyId, siteId });
    await expect(requireGrant(second.id)).rejects.toMatchObject({ code: 'grantNeeded' });
    const otherIncident = await seedTestIncident(server.database.db, { agencyId: server.agencyId });
    await expect(requireGrant(camera.id, otherIncident)).rejects.toMatchObject({ code: 'grantNeeded' });
    await expect(requireGrant(camera.id, newId())).rejects.toMatchObject({ code: 'notFound' });
  });

  test('ends with the grant’s time, also before anybody has marked it', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date());
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
  });
});

describe('an own grant', () => {
  test('is moved to the full duration from now', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date(Date.now() + minuteMs));
    const extended = await analyst.call('POST', `/api/grants/${String(body['id'])}/extend`);
    expect(Date.parse(String(extended.body['endsAt'])) - Date.now()).toBeGreaterThan(29 * minuteMs);
  });

  test('cannot be extended once it is over, but asked for again', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date(Date.now() - 1));
    const extended = await analyst.call('POST', `/api/grants/${String(body['id'])}/extend`);
    expect(extended.body.error?.code).toBe('grantNeeded');
    expect((await request(analyst)).body['id']).not.toBe(body['id']);
  });

  test('is ended, once', async () => {
    const { body } = await request(analyst);
    const path = `/api/grants/${String(body['id'])}/end`;
    expect((await analyst.call('POST', path)).body['endedAt']).toEqual(expect.any(String));
    expect((await analyst.call('POST', path)).status).toBe(200);
    expect(ended).toMatchObject([{ reason: 'endedByUser', grant: { id: body['id'] } }]);
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
  });

  test('is nobody else’s', async () => {
    const { body } = await request(analyst);
    for (const act of ['end', 'extend']) {
      const answer = await dispatcher.call('POST', `/api/grants/${String(body['id'])}/${act}`);
      expect(answer.body.error?.code).toBe('notFound');
    }
    expect((await dispatcher.call('GET', '/api/grants')).body['grants']).not.toContainEqual(
      expect.objectContaining({ id: body['id'] }),
    );
  });
});

describe('a supervisor', () => {
  test('sees every running grant with who holds it, and ends one: once, with a line that says why', async () => {
    const supervisor = await server.signIn('supervisor');
    const { body } = await request(analyst);
    const { body: all } = await supervisor.call('GET', '/api/grants/all');
    expect(all['grants']).toContainEqual(
      expect.objectContaining({ id: body['id'], user: expect.objectContaining({ id: userOf(analyst).userId }) }),
    );
    const path = `/api/grants/${String(body['id'])}/revoke`;
    expect((await supervisor.call('POST', path, { note: 'Not your area' })).body['endedAt']).toEqual(
      expect.any(String),
    );
    expect((await supervisor.call('POST', path, { note: 'Again' })).status).toBe(409);
    expect(ended).toMatchObject([
      { reason: 'revoked', by: { id: userOf(supervisor).userId }, note: 'Not your area', grant: { id: body['id'] } },
    ]);
    await expect(requireGrant()).rejects.toMatchObject({ code: 'grantNeeded' });
    const lines = await new Audit(server.database.db).list(server.agencyId, { limit: 10 });
    expect(lines).toContainEqual(
      expect.objectContaining({
        type: 'grant.ended',
        outcome: 'done',
        actorId: userOf(supervisor).userId,
        details: expect.objectContaining({ note: 'Not your area' }),
      }),
    );
  });
});

test('a dispatcher need not say the purpose: the policy has one for an incident’s cameras', async () => {
  expect((await request(dispatcher, { purpose: null })).body).toMatchObject({ purpose: 'emergencyResponse' });
  const training = await seedTestIncident(server.database.db, { agencyId: server.agencyId, isTraining: true });
  expect((await request(dispatcher, { purpose: null, incidentId: training })).body['purpose']).toBe('training');
});

test('CON5 closing an incident ends every grant of it before it answers, and tells it', async () => {
  const ids = [(await request(analyst)).body['id'], (await request(dispatcher)).body['id']];
  const order: string[] = [];
  const stops = [
    server.server.notices.on('incidentChanged', () => void order.push('incidentChanged')),
    server.server.notices.on('grantEnded', () => void order.push('grantEnded')),
  ];
  const closed = await dispatcher.call('POST', `/api/incidents/${incidentId}/close`, { disposition: 'resolved' });
  for (const stop of stops) stop();
  expect(closed.body['closedAt']).toEqual(expect.any(String));
  expect(order).toEqual(['incidentChanged', 'grantEnded', 'grantEnded']);
  expect(new Set(ended.map(({ grant, reason }) => `${grant.id} ${reason}`))).toEqual(
    new Set(ids.map((id) => `${String(id)} incidentClosed`)),
  );
  await expect(requireGrant()).rejects.toMatchObject({ code: 'incidentClosed' });
  expect((await request(analyst)).body.error?.code).toBe('incidentClosed');
});

test('disabling a user ends the user’s grants', async () => {
  const administrator = await server.signIn('administrator');
  const leaver = await server.signIn('analyst');
  const { body } = await request(leaver);
  await administrator.call('POST', `/api/users/${userOf(leaver).userId}/disable`);
  expect(ended).toMatchObject([{ reason: 'userDisabled', grant: { id: body['id'] } }]);
});

describe('the clock', () => {
  test('marks a grant at its end and tells it, with a line', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date(Date.now() + 30));
    // Any change wakes the clock; here it is another user's new grant.
    await request(dispatcher);
    await until(() => ended.length > 0);
    expect(ended).toMatchObject([{ reason: 'expired', grant: { id: body['id'] } }]);
    const lines = await new Audit(server.database.db).list(server.agencyId, { limit: 10 });
    expect(lines).toContainEqual(
      expect.objectContaining({ type: 'grant.ended', grantId: body['id'], actorKind: 'system' }),
    );
  });

  test('asked anew for the incident first, the end has its one line all the same', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date(Date.now() - 1));
    const anew = await request(analyst);
    expect(anew.body['id']).not.toBe(body['id']);
    await until(() => ended.length > 0);
    expect(ended).toMatchObject([{ reason: 'expired', grant: { id: body['id'] } }]);
    const lines = await new Audit(server.database.db).list(server.agencyId, { limit: 10 });
    expect(lines.filter(({ type, grantId }) => type === 'grant.ended' && grantId === body['id'])).toHaveLength(1);
  });

  test('leaves a grant that ran out on its holder’s list, so that a page opened anew can say so', async () => {
    const { body } = await request(analyst);
    const endsAt = new Date(Date.now() + 30);
    await setEnd(body['id'], endsAt);
    await request(dispatcher);
    await until(() => ended.length > 0);
    const at = endsAt.toISOString();
    expect((await analyst.call('GET', '/api/grants')).body['grants']).toContainEqual({
      ...body,
      endsAt: at,
      endedAt: at,
    });
  });

  test('marks at its start what ended while no server ran', async () => {
    const { body } = await request(analyst);
    await setEnd(body['id'], new Date(Date.now() - minuteMs));
    const { db } = server.database;
    const parts = { db, audit: new Audit(db), notices: server.server.notices, logger: createLogger('silent') };
    const clock = GrantClock.create(parts);
    await until(() => ended.length > 0);
    await clock.close();
    expect(ended).toMatchObject([{ reason: 'expired', grant: { id: body['id'] } }]);
  });
});

test('STR3 a signed grant is made with a key that stays, and can be checked with its public half', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'commonsight-keys-'));
  try {
    const signer = await GrantSigner.create(dataDir);
    const claims = {
      grantId: newId(),
      relayId: newId(),
      cameraId: newId(),
      purpose: 'training' as const,
      startsAt: new Date(0).toISOString(),
      endsAt: new Date(1).toISOString(),
      policyHash: '0'.repeat(64),
    };
    const signed = signer.sign(claims);
    const text = Buffer.from(signed.claims, 'base64url').toString();
    expect(grantClaimsSchema.parse(JSON.parse(text))).toEqual(claims);

    const again = await GrantSigner.create(dataDir);
    expect(again.publicKey).toBe(signer.publicKey);
    const key = createPublicKey({ key: Buffer.from(again.publicKey, 'base64url'), format: 'der', type: 'spki' });
    const signature = Buffer.from(signed.signature, 'base64url');
    expect(verify(null, Buffer.from(grantSignatureContext + text), key, signature)).toBe(true);
    expect(verify(null, Buffer.from(text), key, signature)).toBe(false);
    expect((await stat(join(dataDir, 'keys', 'grant-signing.pem'))).mode & 0o777).toBe(0o600);
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
