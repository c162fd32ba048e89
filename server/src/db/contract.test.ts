import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { Audit } from '../audit/Audit.ts';
import {
  confirmCameras,
  findAnyCamera,
  findAnyCameras,
  findCameras,
  insertCamera,
  listCameras,
  listCamerasOfSite,
  listCamerasWithin,
  updateCamera,
} from '../cameras/cameraRepository.ts';
import { boxAround } from '../cameras/reach.ts';
import { newId } from '../ids.ts';
import { findIncident, insertIncident } from '../incidents/incidentRepository.ts';
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
import { StreamRepository } from '../streams/StreamRepository.ts';
import { seedTestCamera, seedTestSite, seedTestUser, testPosition } from '../testing/seed.ts';
import { disableUser, findAgency, findUser, insertUser, listUsers } from '../users/userRepository.ts';
import type { Db } from './Database.ts';
import { cameras } from './schema.ts';
import { describeStorages, failureOf } from './testing/describeStorages.ts';

const minuteMs = 60_000;

describeStorages('the contract of places and people', (storage) => {
  let db: Db;
  let agencyId: string;
  let otherAgencyId: string;

  beforeEach(() => {
    ({ db, agencyId, otherAgencyId } = storage);
  });

  test('the database says that it is up, and that it is not once it is closed', async () => {
    expect(await storage.database.isUp()).toBe(true);
    const second = await storage.open();
    await second.close();
    expect(await second.isUp()).toBe(false);
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
    const found = await findAnyCamera(db, agencyId, camera.id);
    expect(found?.streams.map(({ id, kind }) => [kind, id])).toEqual([
      ['main', camera.streams.main],
      ['sub', camera.streams.sub],
    ]);
    expect(await findAnyCamera(db, otherAgencyId, camera.id)).toBeNull();
    expect(await findAnyCameras(db, otherAgencyId, [camera.id])).toEqual([]);
    expect(await findCameras(db, otherAgencyId, [camera.id])).toEqual([]);
    await updateCamera(db, otherAgencyId, camera.id, { name: 'Taken over' });
    expect((await findAnyCamera(db, agencyId, camera.id))?.name).toBe('Test camera');
    await updateCamera(db, agencyId, camera.id, { name: 'New name' });
    expect((await findAnyCamera(db, agencyId, camera.id))?.name).toBe('New name');
  });

  test('cameras: a box finds those within, also across the date line', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const add = async (latitude: number, longitude: number) => {
      const id = newId();
      const cone = { bearingDegrees: 0, angleDegrees: 90, rangeMetres: 100 };
      const place = { agencyId, siteId, latitude, longitude, ...cone };
      const row = { id, name: 'x', sharingMode: 'always' as const, confirmedAt: new Date(), ...place };
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

  test('cameras: who does not say that one is confirmed has not confirmed it, and nobody finds it to work with', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const id = newId();
    const place = { ...testPosition, bearingDegrees: 0, angleDegrees: 90, rangeMetres: 100 };
    await db
      .insert(cameras)
      .values({ id, agencyId, siteId, number: 900, name: 'New', sharingMode: 'always', ...place });
    const { id: known } = await seedTestCamera(db, { agencyId, siteId });
    const idsOf = async (rows: PromiseLike<readonly { id: string }[]>) => (await rows).map((row) => row.id);
    const found = () =>
      Promise.all([
        idsOf(listCameras(db, agencyId)),
        idsOf(findCameras(db, agencyId, [id, known])),
        idsOf(listCamerasWithin(db, agencyId, boxAround(testPosition, 500))),
      ]);
    expect((await findAnyCamera(db, agencyId, id))?.confirmedAt).toBeNull();
    expect(await found()).toEqual([[known], [known], [known]]);
    expect(new Set(await idsOf(listCamerasOfSite(db, agencyId, siteId)))).toEqual(new Set([id, known]));

    const [first, second] = [new Date('2026-01-05T10:00:00Z'), new Date('2026-01-06T10:00:00Z')];
    await confirmCameras(db, otherAgencyId, [id], first);
    expect((await findAnyCamera(db, agencyId, id))?.confirmedAt).toBeNull();
    await confirmCameras(db, agencyId, [id], first);
    await confirmCameras(db, agencyId, [id], second);
    expect((await findAnyCamera(db, agencyId, id))?.confirmedAt).toEqual(first);
    for (const ids of await found()) expect(new Set(ids)).toEqual(new Set([id, known]));
  });

  test('streams: with their camera and site, by camera and by site', async () => {
    const [siteId, otherSite] = [await seedTestSite(db, agencyId), await seedTestSite(db, otherAgencyId)];
    const camera = await seedTestCamera(db, { agencyId, siteId, name: 'Here' });
    await seedTestCamera(db, { agencyId: otherAgencyId, siteId: otherSite });
    const repository = new StreamRepository(db);
    const expected = (['main', 'sub'] as const).map((kind) => ({
      streamId: camera.streams[kind],
      kind,
      cameraId: camera.id,
      cameraName: 'Here',
      siteId,
      agencyId,
      isConfirmed: true,
    }));
    const sorted = async (rows: ReturnType<StreamRepository['all']>) =>
      (await rows).sort((a, b) => a.kind.localeCompare(b.kind));
    expect(await sorted(repository.ofCameras([camera.id]))).toEqual(expected);
    expect(await sorted(repository.ofSite(siteId))).toEqual(expected);
    expect((await repository.all()).length).toBeGreaterThanOrEqual(4);
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

    for (const table of ['audit_entries', 'audit_hashes', 'audit_checkpoints', 'audit_values']) {
      const name = sql.identifier(table);
      expect(await failureOf(db.execute(sql`update ${name} set log_id = 'x'`))).toMatch('append-only');
      expect(await failureOf(db.execute(sql`delete from ${name}`))).toMatch('append-only');
      // Not even an act that touches no line.
      expect(await failureOf(db.execute(sql`delete from ${name} where false`))).toMatch('append-only');
      expect(await failureOf(db.execute(sql`truncate ${name}`))).toMatch('append-only');
    }
    expect(await audit.list(agencyId, { limit: 10 })).toEqual(lines);
  });

  test('enrolment codes: used once, not after their end (ENR1)', async () => {
    const siteId = await seedTestSite(db, agencyId);
    const user = await seedTestUser(db, { agencyId, role: 'administrator' });
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

  test('closing twice is no error', async () => {
    const second = await storage.open();
    await second.close();
    await expect(second.close()).resolves.toBeUndefined();
  });
});
