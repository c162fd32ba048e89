import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { grantRequests, grants, users } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { approvalPolicy, withApproval, withoutPurpose } from '../testing/approvalPolicy.ts';
import type { TestClient } from '../testing/createTestServer.ts';
import { seedTestAgency, seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';
import { statusesOf } from '../testing/statusesOf.ts';
import { GrantStage, userIdOf } from './testing/GrantStage.ts';

let stage: GrantStage;
let analyst: TestClient;
let dispatcher: TestClient;
let supervisor: TestClient;

beforeAll(async () => {
  stage = await GrantStage.create();
  [analyst, dispatcher, supervisor] = [stage.as('analyst'), stage.as('dispatcher'), stage.as('supervisor')];
});

afterAll(() => stage.close());

beforeEach(() => void stage.requestNotices.splice(0));

const listOf = async (client: TestClient) =>
  (await client.call('GET', '/api/grant-requests')).body['requests'] as Record<string, unknown>[];
const mayLook = async (cameraId: string | undefined, incidentId: string) => {
  if (analyst.actor === null) throw new Error('Nobody');
  return stage.server.services.grants.requireGrant(analyst.actor, cameraId ?? '', incidentId);
};

/** Makes a request late without waiting. */
const makeLate = (id: unknown) =>
  stage.db
    .update(grantRequests)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(grantRequests.id, String(id)));

const ended = (id: unknown) => until(() => stage.requestNotices.find(({ request }) => request.id === id));

/** Makes a changed pack the active one. */
async function changePolicy(text: string): Promise<void> {
  const { body } = await supervisor.call('POST', '/api/policy/proposals', { text });
  const path = `/api/policy/proposals/${String(body['id'])}/approve`;
  expect((await stage.as('administrator').call('POST', path)).status).toBe(200);
}

describe('APR1 a purpose that needs approval', () => {
  test('gives no grant until another person has approved it, and then the grant is the asker’s', async () => {
    const wish = await stage.wish();
    expect((await analyst.call('POST', '/api/grants', wish)).body.error?.code).toBe('approvalNeeded');
    const { body, status } = await stage.request(analyst, wish);
    expect([status, body['state'], body['note'], body['grantId']]).toEqual([200, 'requested', 'Case 7', null]);
    expect(Date.parse(String(body['expiresAt'])) - Date.parse(String(body['requestedAt']))).toBe(30 * 60_000);
    await expect(mayLook(wish.cameraIds[0], wish.incidentId)).rejects.toMatchObject({ code: 'grantNeeded' });

    const approved = (await stage.decide(supervisor, body['id'], 'approve', 'Go ahead')).body;
    expect(approved).toMatchObject({
      state: 'approved',
      decidedBy: { id: userIdOf(supervisor) },
      decisionNote: 'Go ahead',
      grantId: expect.any(String),
    });
    const { grant } = await mayLook(wish.cameraIds[0], wish.incidentId);
    expect(grant).toMatchObject({
      id: approved['grantId'],
      userId: userIdOf(analyst),
      isBreakGlass: false,
      cameraIds: wish.cameraIds,
    });
    expect(await stage.lines('grantRequest.created', String(body['id']))).toMatchObject([
      { actorId: userIdOf(analyst), details: { note: 'Case 7', incidentId: wish.incidentId } },
    ]);
    expect(await stage.lines('grantRequest.approved', String(body['id']))).toMatchObject([
      { actorId: userIdOf(supervisor), grantId: grant.id, details: { note: 'Go ahead', userId: userIdOf(analyst) } },
    ]);
    expect(stage.requestNotices.map(({ request }) => request.state)).toEqual(['requested', 'approved']);
  });

  test('needs it for more cameras too, and keeps what was approved before', async () => {
    const { wish, body } = await stage.request(analyst);
    const first = (await stage.decide(supervisor, body['id'], 'approve')).body;
    const more = { ...wish, purpose: null, cameraIds: [await stage.camera()] };
    expect((await analyst.call('POST', '/api/grants', more)).body.error?.code).toBe('approvalNeeded');
    // The same wish with a note: the purpose is the running grant's.
    const second = await stage.request(analyst, more);
    expect(second.body).toMatchObject({ state: 'requested', purpose: 'missingPerson' });
    expect((await stage.decide(supervisor, second.body['id'], 'approve')).body['grantId']).toBe(first['grantId']);
    const { grant } = await mayLook(more.cameraIds[0], wish.incidentId);
    expect(new Set(grant.cameraIds)).toEqual(new Set([...wish.cameraIds, ...more.cameraIds]));
    expect((await stage.request(analyst, wish)).body.error?.code).toBe('conflict');
  });

  test('a note alone asks: one that nobody has to approve, and a second one that waits, are conflicts', async () => {
    expect((await stage.request(analyst, { purpose: 'violentCrime' })).body.error?.code).toBe('conflict');
    const { wish } = await stage.request(analyst);
    expect((await stage.request(analyst, wish)).body.error?.message).toContain('waits already');
    expect((await stage.request(dispatcher, wish)).status).toBe(200);
  });

  test('asked twice at once it waits once, with one line', async () => {
    const wish = await stage.wish();
    const answers = await Promise.all([1, 2, 3].map(() => stage.request(analyst, wish)));
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    const made = answers.find(({ status }) => status === 200);
    expect(await stage.lines('grantRequest.created', String(made?.body['id']))).toHaveLength(1);
    expect((await listOf(analyst)).filter(({ incidentId }) => incidentId === wish.incidentId)).toHaveLength(1);
  });
});

describe('APR2 a decision', () => {
  test('is never about one’s own request', async () => {
    const { body } = await stage.request(supervisor);
    for (const act of ['approve', 'deny'] as const) {
      expect((await stage.decide(supervisor, body['id'], act)).body.error).toMatchObject({ code: 'conflict' });
    }
    expect(await stage.lines('grantRequest.approved', String(body['id']), 'refused')).toHaveLength(1);
    const other = await stage.server.signIn('supervisor');
    expect((await stage.decide(other, body['id'], 'approve')).body['state']).toBe('approved');
  });

  test('is the policy’s roles’ alone, and nobody’s in another agency', async () => {
    const { body } = await stage.request(analyst);
    expect((await stage.decide(dispatcher, body['id'], 'approve')).body.error?.code).toBe('notPermitted');
    const others = await seedTestAgency(stage.db, `Others ${newId()}`);
    const foreigner = await stage.server.signIn('supervisor', others);
    expect((await stage.decide(foreigner, body['id'], 'approve')).body.error?.code).toBe('notFound');
    expect(await listOf(foreigner)).toEqual([]);
    expect(await listOf(dispatcher)).not.toContainEqual(expect.objectContaining({ id: body['id'] }));
    expect((await listOf(supervisor))[0]).toMatchObject({ state: 'requested' });
  });

  test('is made once: two approvals at once make one grant and one line', async () => {
    const second = await stage.server.signIn('supervisor');
    const { wish, body } = await stage.request(analyst);
    const answers = await Promise.all(
      [supervisor, second, supervisor].map((client) => stage.decide(client, body['id'], 'approve')),
    );
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(await stage.lines('grantRequest.approved', String(body['id']))).toHaveLength(1);
    expect(await stage.lines('grantRequest.approved', String(body['id']), 'refused')).toHaveLength(2);
    expect(await stage.db.select().from(grants).where(eq(grants.incidentId, wish.incidentId))).toHaveLength(1);
  });

  test('an approval and a refusal at once are one of both', async () => {
    const { wish, body } = await stage.request(analyst);
    const [approved, denied] = await Promise.all([
      stage.decide(supervisor, body['id'], 'approve'),
      stage.decide(supervisor, body['id'], 'deny'),
    ]);
    expect(statusesOf([approved, denied])).toEqual([200, 409]);
    const made = await stage.db.select().from(grants).where(eq(grants.incidentId, wish.incidentId));
    expect(made).toHaveLength(approved.status === 200 ? 1 : 0);
  });

  test('can be no, with a note; and the asker can take the request back, once', async () => {
    const denied = await stage.request(analyst);
    const answer = await stage.decide(supervisor, denied.body['id'], 'deny', 'Ask for recordings');
    expect(answer.body).toMatchObject({ state: 'denied', decisionNote: 'Ask for recordings', grantId: null });
    expect((await stage.decide(supervisor, denied.body['id'], 'approve')).body.error?.code).toBe('conflict');

    const { body } = await stage.request(analyst);
    const path = `/api/grant-requests/${String(body['id'])}/withdraw`;
    expect((await supervisor.call('POST', path)).body.error?.code).toBe('notFound');
    expect((await analyst.call('POST', path)).body).toMatchObject({ state: 'withdrawn', decidedBy: null });
    expect((await analyst.call('POST', path)).body.error?.code).toBe('conflict');
    expect(await stage.lines('grantRequest.withdrawn', String(body['id']))).toHaveLength(1);
  });

  test('gives nobody a camera that is out of reach by then, or to somebody who is disabled', async () => {
    const { wish, body } = await stage.request(analyst);
    const rule = { effect: 'deny', role: null, userId: userIdOf(analyst), permissions: ['camera.view'] };
    const group = { name: 'G', cameraIds: wish.cameraIds, rules: [rule] };
    await stage.as('administrator').call('POST', '/api/camera-groups', group);
    expect((await stage.decide(supervisor, body['id'], 'approve')).body.error?.message).toContain('reach');

    const leaver = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'analyst' });
    const open = await stage.request(dispatcher);
    const set = { userId: leaver.userId };
    await stage.db
      .update(grantRequests)
      .set(set)
      .where(eq(grantRequests.id, String(open.body['id'])));
    await stage.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, leaver.userId));
    expect((await stage.decide(supervisor, open.body['id'], 'approve')).body.error?.code).toBe('conflict');
  });
});

describe('APR3 a request that nobody can approve any more', () => {
  test('is timed out as soon as it is late, before the clock has marked it', async () => {
    const { wish, body } = await stage.request(analyst);
    await makeLate(body['id']);
    expect((await listOf(analyst)).find(({ id }) => id === body['id'])?.['state']).toBe('timedOut');
    expect((await stage.decide(supervisor, body['id'], 'approve')).body.error?.code).toBe('conflict');
    // It stands in nobody's way: asking again marks it.
    expect((await stage.request(analyst, wish)).body['state']).toBe('requested');
    expect(await stage.lines('grantRequest.denied', String(body['id']))).toMatchObject([
      { actorKind: 'system', details: { reason: 'timedOut' } },
    ]);
  });

  test('is marked by the clock and told, once', async () => {
    const { body } = await stage.request(analyst);
    await makeLate(body['id']);
    stage.requestNotices.splice(0);
    // Any change wakes the clock; here it is another request.
    await stage.request(dispatcher);
    expect((await ended(body['id'])).request).toMatchObject({ state: 'timedOut', decidedBy: null });
    await stage.server.services.grantRequests.endVain(new Date());
    expect(await stage.lines('grantRequest.denied', String(body['id']))).toHaveLength(1);
  });

  test('ends when its incident is closed', async () => {
    const { wish, body } = await stage.request(analyst);
    stage.requestNotices.splice(0);
    await dispatcher.call('POST', `/api/incidents/${wish.incidentId}/close`, { disposition: 'resolved' });
    expect((await ended(body['id'])).request).toMatchObject({
      state: 'denied',
      decidedBy: null,
      decisionNote: 'The incident was closed.',
    });
    expect(await stage.lines('grantRequest.denied', String(body['id']))).toMatchObject([
      { actorKind: 'system', details: { reason: 'incidentClosed' } },
    ]);
  });

  test('ends when its asker is disabled', async () => {
    const leaver = await stage.server.signIn('analyst');
    const { body } = await stage.request(leaver);
    stage.requestNotices.splice(0);
    await stage.as('administrator').call('POST', `/api/users/${userIdOf(leaver)}/disable`);
    expect((await ended(body['id'])).request.state).toBe('denied');
  });

  test('ends when the policy does not ask for the approval, or does not allow the purpose any more', async () => {
    const { body } = await stage.request(analyst);
    stage.requestNotices.splice(0);
    await changePolicy(approvalPolicy.replace('approvedBy: [supervisor]', 'approvedBy: [ ]'));
    expect((await ended(body['id'])).request.decisionNote).toContain('no approval');
    expect(await stage.lines('grantRequest.denied', String(body['id']))).toMatchObject([
      { details: { reason: 'approvalUnneeded' } },
    ]);
    await changePolicy(approvalPolicy);

    const other = await stage.request(analyst);
    stage.requestNotices.splice(0);
    await changePolicy(withoutPurpose(approvalPolicy, 'missingPerson'));
    expect((await ended(other.body['id'])).request).toMatchObject({ state: 'denied', decidedBy: null });
    expect(await stage.lines('grantRequest.denied', String(other.body['id']))).toMatchObject([
      { details: { reason: 'purposeRemoved' } },
    ]);
    await changePolicy(approvalPolicy);
  });
});

describe('a grant that needs an approval by now', () => {
  test('is extended when it has it, and not when the policy has changed since', async () => {
    const { body } = await stage.request(analyst);
    const { grantId } = (await stage.decide(supervisor, body['id'], 'approve')).body;
    const given = (await analyst.call('POST', '/api/grants', { ...(await stage.wish()), purpose: 'violentCrime' }))
      .body;
    const extend = (id: unknown) => analyst.call('POST', `/api/grants/${String(id)}/extend`);
    expect((await extend(grantId)).status).toBe(200);
    expect((await extend(given['id'])).status).toBe(200);

    await changePolicy(withApproval(approvalPolicy, 'violentCrime'));
    expect((await extend(grantId)).status).toBe(200);
    expect((await extend(given['id'])).body.error?.code).toBe('approvalNeeded');
    // Approved as it stands, it goes on.
    const { incidentId, cameraIds } = given as unknown as { incidentId: string; cameraIds: string[] };
    const asked = await stage.request(analyst, { incidentId, purpose: null, cameraIds });
    expect((await stage.decide(supervisor, asked.body['id'], 'approve')).body['grantId']).toBe(given['id']);
    expect((await extend(given['id'])).status).toBe(200);
    await changePolicy(approvalPolicy);
  });

  test('a dispatcher asks for it without a purpose', async () => {
    await changePolicy(withApproval(approvalPolicy, 'emergencyResponse'));
    const wish = { ...(await stage.wish()), purpose: null };
    expect((await dispatcher.call('POST', '/api/grants', wish)).body.error?.code).toBe('approvalNeeded');
    expect((await stage.request(dispatcher, wish)).body).toMatchObject({
      state: 'requested',
      purpose: 'emergencyResponse',
    });
    expect((await stage.request(analyst, { purpose: null })).body.error?.code).toBe('grantNeeded');
    await changePolicy(approvalPolicy);
  });
});
