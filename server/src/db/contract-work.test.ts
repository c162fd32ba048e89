import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
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
  listLastGrants,
  nextGrantEnd,
} from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import {
  findIncident,
  insertEntry,
  listIncidents,
  listTimeline,
  lockIncident,
  replaceIncidentCameras,
  updateIncident,
} from '../incidents/incidentRepository.ts';
import { seedTestCamera, seedTestIncident, seedTestSite, seedTestUser } from '../testing/seed.ts';
import { ViewingRepository } from '../viewings/ViewingRepository.ts';
import { WallRepository } from '../walls/WallRepository.ts';
import type { Db } from './Database.ts';
import { incidents, timelineEntries, viewings as viewingTable, wallScreens, wallTiles, walls } from './schema.ts';
import { describeStorages, failureOf } from './testing/describeStorages.ts';

const minuteMs = 60_000;

describeStorages('the contract of work', (storage) => {
  let db: Db;
  let agencyId: string;
  let otherAgencyId: string;

  beforeEach(() => {
    ({ db, agencyId, otherAgencyId } = storage);
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
    const policyHash = '0'.repeat(64);
    const latestEndsAt = new Date('2100-01-01');
    await insertGrant(db, { ...row, startsAt: new Date(0), endsAt, latestEndsAt, policyHash });
    await addGrantCameras(db, { agencyId, id }, [place.camera.id], new Date());
    return id;
  }

  test('moments keep their milliseconds', async () => {
    const place = await seedPlace();
    const endsAt = new Date('2031-02-03T04:05:06.789Z');
    const id = await seedGrant(place, endsAt);
    expect((await findGrant(db, agencyId, id))?.endsAt).toEqual(endsAt);
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

  test('incidents: of more closed ones than a board shows, those that were closed last', async () => {
    const place = { agencyId, latitude: 43, longitude: -87, openedAt: new Date(0), disposition: 'resolved' as const };
    const urgent = Array.from({ length: 500 }, (_, index) => {
      return { ...place, id: newId(), number: index + 1, title: 'T', priority: 1 as const, closedAt: new Date(index) };
    });
    const last = { ...place, id: newId(), number: 501, title: 'T', priority: 3 as const, closedAt: new Date(1_000) };
    await db.insert(incidents).values([...urgent, last]);
    const numbers = (await listIncidents(db, agencyId, 'closed')).map((row) => row.number);
    expect(numbers).toHaveLength(500);
    expect(numbers.slice(0, 2)).toEqual([501, 500]);
    expect(numbers).not.toContain(1);
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

  test('grants: the newest of each open incident is listed, also after its end', async () => {
    const place = await seedPlace();
    const later = new Date(Date.now() + minuteMs);
    const first = await seedGrant(place, later);
    const listed = async () => (await listLastGrants(db, place.user)).map(({ id, endedAt }) => [id, endedAt]);
    expect(await listed()).toEqual([[first, null]]);
    const at = new Date();
    await endGrant(db, { agencyId, id: first }, { at, reason: 'endedByUser' });
    expect(await listed()).toEqual([[first, at]]);
    expect(await listLastGrants(db, place.user)).toMatchObject([{ cameraIds: [place.camera.id] }]);
    const second = await seedGrant(place, later);
    expect(await listed()).toEqual([[second, null]]);
    const elsewhere = await seedGrant({ ...place, incidentId: await seedTestIncident(db, { agencyId }) }, later);
    expect(new Set((await listed()).map(([id]) => id))).toEqual(new Set([second, elsewhere]));
    expect(await listLastGrants(db, { ...place.user, agencyId: otherAgencyId })).toEqual([]);
    await db.update(incidents).set({ closedAt: new Date() }).where(eq(incidents.id, place.incidentId));
    expect(await listed()).toEqual([[elsewhere, null]]);
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

  test('walls: listed, changed by one revision at a time, and found in their own agency', async () => {
    const { siteId, camera, incidentId } = await seedPlace();
    const second = await seedTestCamera(db, { agencyId, siteId });
    const repository = new WallRepository(db);
    const wall = { id: newId(), agencyId };
    await repository.insert({ ...wall, name: 'W', incidentId, layout: '4' });
    expect(await repository.find(otherAgencyId, wall.id)).toBeNull();
    expect(await repository.list(otherAgencyId)).toEqual([]);
    expect(await repository.list(agencyId)).toMatchObject([{ id: wall.id, name: 'W', screenCount: 1 }]);

    const [one, two] = [newId(), newId()];
    const place = (slot: number, cameraId: string) => ({ screen: 1, slot, cameraId, incidentId });
    const added = {
      tiles: [
        { tileId: one, before: null, after: place(1, camera.id) },
        { tileId: two, before: null, after: place(2, second.id) },
      ],
      layouts: [{ screen: 2, before: null, after: '9' as const }],
    };
    expect(await repository.apply({ ...wall, agencyId: otherAgencyId, revision: 0 }, added)).toBe(false);
    expect(await repository.apply({ ...wall, revision: 0 }, added)).toBe(true);
    expect(await repository.apply({ ...wall, revision: 0 }, { tiles: [], layouts: [] })).toBe(false);
    // The two change places, which leaves no moment in which both are on one slot.
    const swapped = {
      tiles: [
        { tileId: one, before: place(1, camera.id), after: place(2, camera.id) },
        { tileId: two, before: place(2, second.id), after: place(1, second.id) },
      ],
      layouts: [],
    };
    expect(await repository.apply({ ...wall, revision: 1 }, swapped)).toBe(true);
    expect(await repository.find(agencyId, wall.id)).toMatchObject({
      revision: 2,
      screens: [
        {
          number: 1,
          layout: '4',
          tiles: [
            { id: two, slot: 1, cameraId: second.id },
            { id: one, slot: 2 },
          ],
        },
        { number: 2, layout: '9', tiles: [] },
      ],
    });
  });

  test('walls: two changes planned on one revision, of which one is made', async () => {
    const repository = new WallRepository(db);
    const wall = { id: newId(), agencyId };
    await repository.insert({ ...wall, name: 'W', incidentId: null, layout: '4' });
    const patch = { tiles: [], layouts: [{ screen: 1, before: '4' as const, after: '9' as const }] };
    const made = await Promise.all([1, 2, 3].map(() => repository.apply({ ...wall, revision: 0 }, patch)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect((await repository.find(agencyId, wall.id))?.revision).toBe(1);
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

  test('CON7 viewings: begun, open until their end, ended once with what has flowed', async () => {
    const place = await seedPlace();
    const grantId = await seedGrant(place, new Date(Date.now() + minuteMs));
    const incident = await findIncident(db, agencyId, place.incidentId);
    const repository = new ViewingRepository(db);
    const user = { id: place.user.userId, name: place.user.name, role: place.user.role };
    const viewing = {
      id: newId(),
      agencyId,
      user,
      sessionId: newId(),
      peerId: newId(),
      cameraId: place.camera.id,
      cameraName: 'Test camera',
      streamId: place.camera.streams.sub,
      stream: 'sub' as const,
      incident: { id: place.incidentId, number: incident?.number ?? 0, title: 'Test incident' },
      purpose: 'publicEvent' as const,
      grantId,
      grantStartsAt: new Date(0).toISOString(),
      grantEndsAt: new Date().toISOString(),
      policyHash: '0'.repeat(64),
      startedAt: new Date().toISOString(),
      traffic: null,
      state: 'running' as const,
    };
    await repository.insert([viewing], db);
    expect((await repository.open()).map(({ id }) => id)).toContain(viewing.id);
    const { id, startedAt, peerId } = viewing;
    expect(await repository.find(agencyId, id)).toMatchObject({ id, user, startedAt, peerId, endedAt: null });
    expect(await repository.find(otherAgencyId, id)).toBeNull();

    const endedAt = new Date().toISOString();
    // More than 32 bits hold.
    const traffic = { viewingId: id, packets: 2 ** 33, bytes: 2 ** 45 + 1, packetsPerSecond: 1 };
    const end = { endedAt, reason: 'endedBySupervisor' as const, by: user, note: 'Enough', traffic };
    expect(await repository.end({ agencyId: otherAgencyId, id }, end, db)).toBe(false);
    expect((await repository.open()).map((open) => open.id)).toContain(id);
    expect(await repository.end({ agencyId, id }, end, db)).toBe(true);
    expect(await repository.end({ agencyId, id }, { ...end, reason: 'mediaLost', traffic: null }, db)).toBe(false);
    expect((await repository.open()).map((open) => open.id)).not.toContain(id);
    expect(await db.select().from(viewingTable).where(eq(viewingTable.id, id))).toMatchObject([
      { endReason: 'endedBySupervisor', endNote: 'Enough', packets: 2 ** 33, bytes: 2 ** 45 + 1 },
    ]);
  });
});
