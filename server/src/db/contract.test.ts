import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import {
  findCamera,
  findCameras,
  findStream,
  insertCamera,
  listCameras,
  listCamerasWithin,
  updateCamera,
} from '../cameras/cameraRepository.ts';
import { boxAround } from '../cameras/reach.ts';
import {
  addGrantCameras,
  endGrant,
  endGrantsOfIncident,
  endGrantsOfUser,
  expireGrant,
  extendGrant,
  findGrant,
  findUnendedGrant,
  insertGrant,
  listDueGrants,
  listRunningGrants,
  nextGrantEnd,
} from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import {
  findIncident,
  insertEntry,
  insertIncident,
  listIncidents,
  listTimeline,
  lockIncident,
  replaceIncidentCameras,
  updateIncident,
} from '../incidents/incidentRepository.ts';
import {
  countRelays,
  findCode,
  findRelay,
  findRelayToProve,
  insertCode,
  insertRelay,
  listRelays,
  listRelaysOfSite,
  revokeRelay,
  setAllRelaysOffline,
  setRelayOnline,
  useCode,
} from '../relays/relayRepository.ts';
import { findSite, listSites } from '../sites/siteRepository.ts';
import {
  seedTestAgency,
  seedTestCamera,
  seedTestIncident,
  seedTestSite,
  seedTestUser,
  testPosition,
} from '../testing/seed.ts';
import { disableUser, findAgency, findUser, insertUser, listUsers } from '../users/userRepository.ts';
import type { Database, Db } from './Database.ts';
import { auditEvents, timelineEntries, viewings, wallScreens, wallTiles, walls } from './schema.ts';
import { createTestDatabase } from './testing/createTestDatabase.ts';
import { type TestPostgresql, startPostgresql } from './testing/startPostgresql.ts';

let postgresql: TestPostgresql;

beforeAll(async () => {
  postgresql = await startPostgresql();
});

afterAll(() => postgresql.close());

const minuteMs = 60_000;

/** What the database itself said when it refused. */
async function failureOf(query: PromiseLike<unknown>): Promise<string> {
  try {
    await query;
  } catch (error) {
    return String(error instanceof Error ? error.cause : error);
  }
  return 'nothing failed';
}

/** The one suite that every storage must pass: what the services rely on, and nothing about how it is done. */
describe.each([
  { dialect: 'pglite', open: () => createTestDatabase() },
  { dialect: 'postgresql', open: () => postgresql.createDatabase() },
])('records on $dialect', ({ dialect, open }) => {
  let database: Database;
  let db: Db;
  let agencyId: string;
  let otherAgencyId: string;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });

  afterAll(() => database.close());

  beforeEach(async () => {
    agencyId = await seedTestAgency(db, `Agency ${newId()}`);
    otherAgencyId = await seedTestAgency(db, `Agency ${newId()}`);
  });

  async function seedPlace() {
    const siteId = await seedTestSite(db, agencyId);
    const camera = await seedTestCamera(db, { agencyId, siteId });
    const incidentId = await seedTestIncident(db, { agencyId });
    const user = await seedTestUser(db, { agencyId, role: 'analyst' });
    return { siteId, camera, incidentId, user };
  }

  async function seedGrant(place: Awaited<ReturnType<typeof seedPlace>>, endsAt: Date) {
    const id = newId();
    const { user, incidentId } = place;
    const row = { id, agencyId, userId: user.userId, incidentId, purpose: 'publicEvent' as const };
    await insertGrant(db, { ...row, startsAt: new Date(0), endsAt });
    await addGrantCameras(db, { agencyId, id }, [place.camera.id], new Date());
    return id;
  }

  test('the database says what it is and that it is up', async () => {
    expect(database.dialect).toBe(dialect);
    expect(await database.isUp()).toBe(true);
  });

  test('a transaction that throws leaves nothing', async () => {
    const id = newId();
    const failing = db.transaction(async (tx) => {
      await insertIncident(tx, {
        id,
        agencyId,
        title: 'x',
        priority: 1,
        openedAt: new Date(),
        ...testPosition,
      });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await findIncident(db, agencyId, id)).toBeNull();
  });

  test('moments keep their milliseconds', async () => {
    const place = await seedPlace();
    const endsAt = new Date('2031-02-03T04:05:06.789Z');
    const id = await seedGrant(place, endsAt);
    expect((await findGrant(db, agencyId, id))?.endsAt).toEqual(endsAt);
  });

  test('users: an email is taken once, whatever its letters', async () => {
    const user = { agencyId, name: 'A', role: 'analyst' as const, passwordHash: 'x' };
    const email = `Someone-${newId()}@Test.example`;
    expect(await insertUser(db, { ...user, id: newId(), email })).toMatchObject({ email: email.toLowerCase() });
    expect(await insertUser(db, { ...user, id: newId(), email: email.toUpperCase() })).toBeNull();
    expect(await listUsers(db, agencyId)).toHaveLength(1);
    expect(await listUsers(db, otherAgencyId)).toHaveLength(0);
  });

  test('users: disabled once, and only in their own agency', async () => {
    const { userId } = await seedTestUser(db, { agencyId, role: 'analyst' });
    expect(await disableUser(db, otherAgencyId, userId, new Date())).toBeNull();
    expect(await disableUser(db, agencyId, userId, new Date())).toMatchObject({ id: userId });
    expect(await disableUser(db, agencyId, userId, new Date())).toBeNull();
    expect(await findUser(db, otherAgencyId, userId)).toBeNull();
    expect((await findUser(db, agencyId, userId))?.disabledAt).toBeInstanceOf(Date);
    expect(await findAgency(db, agencyId)).toMatchObject({ id: agencyId });
  });

  test('sites: found in their own agency', async () => {
    const siteId = await seedTestSite(db, agencyId);
    expect(await findSite(db, agencyId, siteId)).toMatchObject({ id: siteId });
    expect(await findSite(db, otherAgencyId, siteId)).toBeNull();
    expect(await listSites(db, otherAgencyId)).toEqual([]);
  });

  test('cameras: numbered per agency, with both streams, found in their own agency', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const made = await Promise.all([1, 2, 3].map(() => seedTestCamera(db, { agencyId, siteId })));
    const rows = await listCameras(db, agencyId);
    expect(rows.map((row) => row.number)).toEqual([1, 2, 3]);
    const camera = made[0] ?? { id: '', streams: { main: '', sub: '' } };
    const found = await findCamera(db, agencyId, camera.id);
    expect(found?.streams.map(({ id, kind }) => [kind, id])).toEqual([
      ['main', camera.streams.main],
      ['sub', camera.streams.sub],
    ]);
    expect(await findCamera(db, otherAgencyId, camera.id)).toBeNull();
    expect(await findCameras(db, otherAgencyId, [camera.id])).toEqual([]);
    expect(await findStream(db, agencyId, camera.streams.sub)).toMatchObject({ cameraId: camera.id, kind: 'sub' });
    expect(await findStream(db, otherAgencyId, camera.streams.sub)).toBeNull();
    await updateCamera(db, otherAgencyId, camera.id, { name: 'Taken over' });
    expect((await findCamera(db, agencyId, camera.id))?.name).toBe('Test camera');
    await updateCamera(db, agencyId, camera.id, { name: 'New name' });
    expect((await findCamera(db, agencyId, camera.id))?.name).toBe('New name');
  });

  test('cameras: a box finds those within, also across the date line', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const add = async (latitude: number, longitude: number) => {
      const id = newId();
      const cone = { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 100 };
      const row = { id, agencyId, siteId, name: 'x', sharingMode: 'always' as const, latitude, longitude, ...cone };
      await db.transaction((tx) => insertCamera(tx, row, { main: newId(), sub: newId() }));
      return id;
    };
    const west = await add(0, 179.99);
    const east = await add(0, -179.99);
    await add(0, 0);
    const rows = await listCamerasWithin(db, agencyId, boxAround({ latitude: 0, longitude: 180 }, 5_000));
    expect(new Set(rows.map((row) => row.id))).toEqual(new Set([west, east]));
    expect(await listCamerasWithin(db, otherAgencyId, boxAround({ latitude: 0, longitude: 0 }, 5_000))).toEqual([]);
  });

  test('incidents: made at once they get different numbers', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => seedTestIncident(db, { agencyId })));
    const rows = await listIncidents(db, agencyId, 'open');
    expect(rows.map((row) => row.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(new Set(rows.map((row) => row.id))).toEqual(new Set(ids));
    expect(await listIncidents(db, agencyId, 'closed')).toEqual([]);
    expect(await listIncidents(db, otherAgencyId, 'open')).toEqual([]);
  });

  test('incidents: cameras keep their order, changes raise the revision', async () => {
    const { siteId, camera, incidentId } = await seedPlace();
    const second = await seedTestCamera(db, { agencyId, siteId });
    await db.transaction(async (tx) => {
      expect(await lockIncident(tx, otherAgencyId, incidentId)).toBeNull();
      expect(await lockIncident(tx, agencyId, incidentId)).toMatchObject({ id: incidentId, cameraIds: [] });
      await replaceIncidentCameras(tx, { agencyId, id: incidentId }, [second.id, camera.id]);
      await updateIncident(tx, agencyId, incidentId, { closedAt: new Date(), disposition: 'resolved' });
    });
    const row = await findIncident(db, agencyId, incidentId);
    expect(row).toMatchObject({ cameraIds: [second.id, camera.id], revision: 1, disposition: 'resolved' });
    expect(await listIncidents(db, agencyId, 'closed')).toHaveLength(1);
  });

  test('timeline: in order, with its author, and nothing can be changed or removed', async () => {
    const { incidentId, user } = await seedPlace();
    const author = { id: user.userId, name: user.name, role: user.role };
    const line = (text: string, at: Date, authorId: string | null) =>
      insertEntry(
        db,
        { id: newId(), agencyId, incidentId, at, kind: 'note', authorId, text },
        authorId === null ? null : author,
      );
    await line('second', new Date(2_000), null);
    await line('first', new Date(1_000), user.userId);
    expect((await listTimeline(db, agencyId, incidentId)).map(({ text, author: by }) => [text, by])).toEqual([
      ['first', author],
      ['second', null],
    ]);
    expect(await listTimeline(db, otherAgencyId, incidentId)).toEqual([]);
    expect(await failureOf(db.update(timelineEntries).set({ text: 'other' }))).toMatch('append-only');
    expect(await failureOf(db.delete(timelineEntries))).toMatch('append-only');
  });

  test('audit: sequence grows, and nothing can be changed, removed or emptied', async () => {
    const audit = new Audit(db);
    const actor = { kind: 'system' as const, agencyId };
    await audit.record({ type: 'wall.changed', outcome: 'done', actor, details: { deep: { er: [1, null] } } });
    await audit.recordAll([
      { type: 'wall.read', outcome: 'refused', actor },
      { type: 'wall.read', outcome: 'done', actor },
    ]);
    const lines = await audit.list(agencyId, { limit: 10 });
    expect(lines.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'wall.read done',
      'wall.read refused',
      'wall.changed done',
    ]);
    expect(lines[2]?.details).toEqual({ deep: { er: [1, null] } });
    const [newest, , oldest] = lines.map((line) => line.sequence);
    expect(newest).toBeGreaterThan(oldest ?? 0);
    expect(await audit.list(agencyId, { before: newest, limit: 1 })).toHaveLength(1);
    expect(await audit.list(otherAgencyId, { limit: 10 })).toEqual([]);

    const own = eq(auditEvents.agencyId, agencyId);
    expect(await failureOf(db.update(auditEvents).set({ outcome: 'refused' }).where(own))).toMatch('append-only');
    expect(await failureOf(db.delete(auditEvents).where(own))).toMatch('append-only');
    expect(await failureOf(db.execute(sql`truncate audit_events`))).toMatch('append-only');
    // Not even an update that touches no line.
    expect(await failureOf(db.delete(auditEvents).where(and(own, eq(auditEvents.sequence, 0))))).toMatch('append-only');
    expect(await audit.list(agencyId, { limit: 10 })).toEqual(lines);
  });

  test('enrolment codes: used once, not after their end (ENR1)', async () => {
    const { siteId, user } = await seedPlace();
    const now = new Date();
    const code = (codeHash: string) => ({
      id: newId(),
      agencyId,
      siteId,
      codeHash,
      createdBy: user.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + minuteMs),
    });
    const fresh = code(`fresh ${newId()}`);
    await insertCode(db, fresh);
    expect(await findCode(db, fresh.codeHash)).toMatchObject({ id: fresh.id, usedAt: null });
    const uses = await Promise.all([1, 2, 3].map(() => useCode(db, fresh.id, now)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    const late = code(`late ${newId()}`);
    await insertCode(db, late);
    expect(await useCode(db, late.id, late.expiresAt)).toBe(false);
    expect(await failureOf(insertCode(db, { ...code(''), codeHash: fresh.codeHash }))).toMatch('duplicate key');
  });

  test('relays: online, offline, revoked once', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const id = newId();
    await insertRelay(db, { id, agencyId, siteId, name: 'R', publicKey: 'k', enrolledAt: new Date() });
    const at = new Date();
    expect(await setRelayOnline(db, { agencyId: otherAgencyId, id }, { isOnline: true, at })).toBeNull();
    expect(await setRelayOnline(db, { agencyId, id }, { isOnline: true, at })).toMatchObject({ isOnline: true });
    expect((await countRelays(db)).online).toBe(1);
    await setAllRelaysOffline(db, at);
    expect(await countRelays(db)).toMatchObject({ online: 0 });
    expect(await findRelay(db, otherAgencyId, id)).toBeNull();
    expect(await findRelayToProve(db, id)).toMatchObject({ agencyId, publicKey: 'k' });
    expect(await listRelaysOfSite(db, agencyId, siteId)).toHaveLength(1);
    expect(await revokeRelay(db, otherAgencyId, id, at)).toBeNull();
    expect(await revokeRelay(db, agencyId, id, at)).toMatchObject({ id });
    expect(await revokeRelay(db, agencyId, id, at)).toBeNull();
    expect(await listRelaysOfSite(db, agencyId, siteId)).toEqual([]);
    expect(await listRelays(db, agencyId)).toHaveLength(1);
  });

  test('grants: one unended grant for a user and an incident', async () => {
    const place = await seedPlace();
    const later = new Date(Date.now() + minuteMs);
    const id = await seedGrant(place, later);
    expect(await failureOf(seedGrant(place, later))).toMatch('duplicate key');
    const holder = { agencyId, userId: place.user.userId, incidentId: place.incidentId };
    expect(await findUnendedGrant(db, holder)).toMatchObject({ id, cameraIds: [place.camera.id] });
    expect(await findUnendedGrant(db, { ...holder, agencyId: otherAgencyId })).toBeNull();
    await addGrantCameras(db, { agencyId, id }, [place.camera.id], new Date());
    expect((await findGrant(db, agencyId, id))?.cameraIds).toEqual([place.camera.id]);

    const end = { at: new Date(), reason: 'endedByUser' as const };
    expect(await endGrant(db, { agencyId: otherAgencyId, id }, end)).toBeNull();
    expect(await endGrant(db, { agencyId, id }, end)).toMatchObject({ id, endedAt: end.at.toISOString() });
    expect(await endGrant(db, { agencyId, id }, end)).toBeNull();
    expect(await seedGrant(place, later)).not.toBe(id);
  });

  test('grants: run until their end, can be extended while they run, expire once', async () => {
    const place = await seedPlace();
    const start = Date.now();
    const at = (minutes: number) => new Date(start + minutes * minuteMs);
    const id = await seedGrant(place, at(1));
    expect(await listRunningGrants(db, place.user, at(0))).toHaveLength(1);
    expect(await listRunningGrants(db, place.user, at(1))).toEqual([]);
    expect(await extendGrant(db, { agencyId, id }, at(5), at(2))).toBe(false);
    expect(await extendGrant(db, { agencyId, id }, at(5), at(0))).toBe(true);
    expect((await nextGrantEnd(db))?.getTime()).toBeLessThanOrEqual(at(5).getTime());

    const grant = await findGrant(db, agencyId, id);
    if (grant === null) throw new Error('gone');
    expect(await expireGrant(db, grant, at(4))).toBeNull();
    expect((await listDueGrants(db, at(5))).map((due) => due.id)).toContain(id);
    expect(await expireGrant(db, grant, at(6))).toMatchObject({ id, endedAt: at(5).toISOString() });
    expect(await expireGrant(db, grant, at(6))).toBeNull();
    expect((await listDueGrants(db, at(5))).map((due) => due.id)).not.toContain(id);
  });

  test('grants: end with their incident or their user', async () => {
    const first = await seedPlace();
    const second = await seedPlace();
    const later = new Date(Date.now() + minuteMs);
    const ofIncident = await seedGrant(first, later);
    const ofUser = await seedGrant(second, later);
    expect(await endGrantsOfIncident(db, otherAgencyId, first.incidentId, new Date())).toEqual([]);
    expect(await endGrantsOfIncident(db, agencyId, first.incidentId, new Date())).toMatchObject([{ id: ofIncident }]);
    expect(await endGrantsOfUser(db, agencyId, second.user.userId, new Date())).toMatchObject([{ id: ofUser }]);
    expect(await endGrantsOfUser(db, agencyId, second.user.userId, new Date())).toEqual([]);
  });

  test('walls: a slot holds one tile, and a screen goes with its wall', async () => {
    const { camera, incidentId } = await seedPlace();
    const wallId = newId();
    await db.insert(walls).values({ id: wallId, agencyId, name: 'W', incidentId });
    await db.insert(wallScreens).values({ wallId, number: 1, agencyId, layout: '4' });
    const tile = () => ({ id: newId(), wallId, screenNumber: 1, slot: 2, agencyId, cameraId: camera.id, incidentId });
    await db.insert(wallTiles).values(tile());
    expect(await failureOf(db.insert(wallTiles).values(tile()))).toMatch('duplicate key');
    await db.delete(walls).where(eq(walls.id, wallId));
    expect(await db.select().from(wallTiles).where(eq(wallTiles.wallId, wallId))).toEqual([]);
    expect(await db.select().from(wallScreens).where(eq(wallScreens.wallId, wallId))).toEqual([]);
  });

  test('viewings: counts larger than 32 bits', async () => {
    const place = await seedPlace();
    const grantId = await seedGrant(place, new Date(Date.now() + minuteMs));
    const id = newId();
    const bytes = 2 ** 45 + 1;
    await db.insert(viewings).values({
      id,
      agencyId,
      userId: place.user.userId,
      sessionId: newId(),
      cameraId: place.camera.id,
      streamId: place.camera.streams.sub,
      stream: 'sub',
      incidentId: place.incidentId,
      grantId,
      purpose: 'publicEvent',
      startedAt: new Date(),
      bytes,
    });
    const rows = await db
      .select({ bytes: viewings.bytes })
      .from(viewings)
      .where(inArray(viewings.id, [id]));
    expect(rows).toEqual([{ bytes }]);
  });

  test('closing twice is no error', async () => {
    const second = await open();
    await second.close();
    await expect(second.close()).resolves.toBeUndefined();
  });
});
