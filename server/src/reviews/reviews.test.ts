import { reviewSchema } from '@commonsight/types/review';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { UserActor } from '../access/Actor.ts';
import { Audit } from '../audit/Audit.ts';
import type { Database } from '../db/Database.ts';
import { createTestDatabase } from '../db/testing/createTestDatabase.ts';
import { type TestClient, type TestServer, createTestServer } from '../testing/createTestServer.ts';
import { type TestCamera, seedTestAgency, seedTestCamera, seedTestSite, seedTestUser } from '../testing/seed.ts';
import { statusesOf } from '../testing/statusesOf.ts';
import { until } from '../testing/until.ts';
import { Examiner } from './Examiner.ts';
import { findReview, listReviews } from './reviewRepository.ts';
import { seedTitledIncident, seedViewing } from './testing/seedViewing.ts';

const minuteMs = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs);
const page = { state: 'open' as const, limit: 10 };

describe('examining', () => {
  let database: Database;
  let agencyId: string;
  let user: UserActor;
  let camera: TestCamera;
  let explained: string;
  let unexplained: string;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    const { db } = database;
    agencyId = await seedTestAgency(db, `Agency ${Math.random()}`);
    user = await seedTestUser(db, { agencyId, role: 'analyst' });
    camera = await seedTestCamera(db, { agencyId, siteId: await seedTestSite(db, agencyId) });
    explained = await seedTitledIncident(db, agencyId, 'Robbery at Market Hall');
    unexplained = await seedTitledIncident(db, agencyId, 'Investigation');
  });

  /** `drawn`: what chance answers. */
  function examine(drawn: number, running = true, pageSize = 500) {
    const audit = new Audit(database.db);
    const notices = { tell: async () => undefined };
    const parts = { ...database, audit, notices, samplePercent: async () => 5, draw: () => drawn, pageSize };
    const examiner = new Examiner(parts);
    return examiner.examine({ running }, new Date());
  }
  const view = (incidentId: string, endedAt: Date | null = ago(1)) =>
    seedViewing(database.db, { user, camera, incidentId, startedAt: ago(10), endedAt });
  const lines = async () =>
    (await new Audit(database.db).list(agencyId, { limit: 10 })).map(({ type, targetId, details }) => ({
      type,
      targetId,
      details,
    }));

  test('REV1 a flagged viewing is in the queue, with its line', async () => {
    const id = await view(unexplained);
    await examine(0.99);
    const { reviews, count } = await listReviews(database.db, agencyId, page);
    expect(count).toBe(1);
    expect(reviews).toMatchObject([
      { viewing: { id, incidentTitle: 'Investigation' }, origin: 'flagged', isReady: true, bytes: 1_000, closed: null },
    ]);
    expect(reviews[0]?.flags.map(({ kind }) => kind)).toEqual(['genericNotes']);
    expect(reviewSchema.safeParse(reviews[0]).success).toBe(true);
    expect(await lines()).toEqual([{ type: 'viewing.flagged', targetId: id, details: { flags: ['genericNotes'] } }]);
    await examine(0);
    expect(await lines()).toHaveLength(1);
  });

  test('REV2 chance draws from those that nothing was found in, once each', async () => {
    const drawn = await view(explained);
    await examine(0.049);
    const passed = await view(explained);
    await examine(0.051);
    await examine(0);
    expect((await listReviews(database.db, agencyId, page)).reviews).toMatchObject([
      { viewing: { id: drawn }, origin: 'sampled', flags: [], isReady: true },
    ]);
    expect(await findReview(database.db, agencyId, passed)).toBeNull();
    expect(await lines()).toEqual([{ type: 'viewing.sampled', targetId: drawn, details: {} }]);
  });

  test('a viewing that runs is flagged, and ready only when it has ended', async () => {
    const id = await view(unexplained, null);
    await examine(0, false);
    expect(await findReview(database.db, agencyId, id)).toBeNull();
    await examine(0);
    expect(await findReview(database.db, agencyId, id)).toMatchObject({ isReady: false, bytes: null });
  });

  test('as many as there are, those that run do not keep the others from their turn', async () => {
    const running = [await view(unexplained, null), await view(unexplained, null), await view(unexplained, null)];
    const ended = await view(unexplained);
    await examine(0, true, 2);
    const { reviews } = await listReviews(database.db, agencyId, page);
    expect(new Set(reviews.map(({ viewing }) => viewing.id))).toEqual(new Set([...running, ended]));
  });

  test('an agency sees its own only', async () => {
    const id = await view(unexplained);
    await examine(0);
    const other = await seedTestAgency(database.db, `Other ${Math.random()}`);
    expect(await findReview(database.db, other, id)).toBeNull();
    expect(await listReviews(database.db, other, page)).toEqual({ reviews: [], count: 0 });
  });
});

describe('the queue', () => {
  let server: TestServer;
  let analyst: TestClient;
  let supervisor: TestClient;
  let camera: TestCamera;
  let incidentId: string;

  beforeAll(async () => {
    server = await createTestServer();
    const { db } = server.database;
    [analyst, supervisor] = [await server.signIn('analyst'), await server.signIn('supervisor')];
    const siteId = await seedTestSite(db, server.agencyId);
    camera = await seedTestCamera(db, { agencyId: server.agencyId, siteId });
    incidentId = await seedTitledIncident(db, server.agencyId, 'Investigation');
  });
  afterAll(() => server.close());

  const listSchema = z.object({ reviews: z.array(reviewSchema), count: z.number() });
  const list = async (state = 'open') =>
    listSchema.parse((await supervisor.call('GET', `/api/reviews?state=${state}`)).body).reviews;

  async function flagged(viewer: TestClient, endedAt: Date | null = ago(1)): Promise<string> {
    const { actor } = viewer;
    if (actor === null) throw new Error('Nobody is signed in.');
    const viewing = { user: actor, camera, incidentId, startedAt: ago(5), endedAt };
    const id = await seedViewing(server.database.db, viewing);
    if (endedAt !== null) await until(async () => (await list()).some((review) => review.viewing.id === id));
    return id;
  }
  const close = (client: TestClient, id: string, body: object = { finding: 'coaching', note: 'Talked about notes.' }) =>
    client.call('POST', `/api/viewings/${id}/review`, body);

  test('REV3 REV4 a review is closed once, with a finding and a note, and its line says both', async () => {
    const id = await flagged(analyst);
    const closed = await close(supervisor, id);
    expect(closed.status).toBe(200);
    expect(closed.body['closed']).toMatchObject({ finding: 'coaching', note: 'Talked about notes.' });
    expect((await close(supervisor, id)).status).toBe(409);
    expect((await list()).map((review) => review.viewing.id)).not.toContain(id);
    expect((await list('closed')).map((review) => review.viewing.id)).toContain(id);

    const lines = await supervisor.call('GET', `/api/audit-events?targetId=${id}`);
    expect(lines.body['events']).toEqual([
      expect.objectContaining({ type: 'review.closed', outcome: 'refused' }),
      expect.objectContaining({
        type: 'review.closed',
        outcome: 'done',
        actorId: supervisor.actor?.userId,
        details: {
          finding: 'coaching',
          note: 'Talked about notes.',
          userId: analyst.actor?.userId,
          flags: ['genericNotes'],
        },
      }),
      expect.objectContaining({ type: 'viewing.flagged', actorKind: 'system' }),
    ]);
    const listed = await supervisor.call('GET', '/api/audit-events?type=review.listed');
    expect(listed.body['events']).not.toEqual([]);
  });

  test('REV3 closed twice at once it is closed once, with one line', async () => {
    const id = await flagged(analyst);
    const answers = await Promise.all([close(supervisor, id), close(supervisor, id), close(supervisor, id)]);
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    const { body } = await supervisor.call('GET', `/api/audit-events?targetId=${id}&type=review.closed`);
    const outcomes = (body['events'] as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['done', 'refused', 'refused']);
  });

  test('REV3 nobody closes the review of an own viewing', async () => {
    const id = await flagged(supervisor);
    const answer = await close(supervisor, id);
    expect([answer.status, answer.body.error?.code]).toEqual([403, 'notPermitted']);
    const other = await server.signIn('supervisor');
    expect((await close(other, id)).status).toBe(200);
  });

  test('a finding without a note, and one of another list, are refused', async () => {
    const id = await flagged(analyst);
    expect((await close(supervisor, id, { finding: 'justified', note: ' ' })).status).toBe(400);
    expect((await close(supervisor, id, { finding: 'fine', note: 'x' })).status).toBe(400);
  });

  test('another agency finds nothing', async () => {
    const id = await flagged(analyst);
    const otherAgency = await seedTestAgency(server.database.db, 'Another agency');
    const stranger = await server.signIn('supervisor', otherAgency);
    expect((await close(stranger, id)).status).toBe(404);
    expect(listSchema.parse((await stranger.call('GET', '/api/reviews')).body).reviews).toEqual([]);
  });

  test('working hours are set for others, and kept', async () => {
    const shift = { timeZone: 'America/Chicago', days: [1, 2], startMinute: 360, endMinute: 840 };
    const set = (id: string | undefined, body: object) => supervisor.call('POST', `/api/users/${id}/shift`, body);
    expect((await set(analyst.actor?.userId, { shift })).body['shift']).toEqual(shift);
    const listed = await supervisor.call('GET', '/api/shifts');
    expect(listed.body['shifts']).toContainEqual(
      expect.objectContaining({ user: expect.objectContaining({ id: analyst.actor?.userId }), shift }),
    );
    expect((await set(supervisor.actor?.userId, { shift })).status).toBe(403);
    expect((await set(analyst.actor?.userId, { shift: { ...shift, timeZone: 'Mars/Olympus' } })).status).toBe(400);
    expect((await set(analyst.actor?.userId, { shift: null })).body['shift']).toBeNull();
  });
});
