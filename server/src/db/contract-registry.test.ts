import { eq, getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '../ids.ts';
import {
  findLink,
  findSession,
  insertLink,
  insertSession,
  removeOver,
  removeSession,
  useLink,
} from '../registry/registrantRepository.ts';
import {
  eraseRegistration,
  findOwn,
  listDormant,
  listExpired,
  listKeepingAgencies,
  listOwn,
  listPausesOver,
  listRegistryAgencies,
  listUnanswered,
  listUnconfirmed,
  listUnmailed,
  removeUnverified,
  updateRegistration,
} from '../registry/registrationRepository.ts';
import { seedTestRegistration } from '../registry/testing/seedTestRegistration.ts';
import { listRegistrationsSeeing } from '../search/searchRepository.ts';
import type { Db } from './Database.ts';
import { agencies, registrantLinks, registrantSessions, registrations } from './schema.ts';
import { describeStorages, failureOf } from './testing/describeStorages.ts';

const hourMs = 60 * 60_000;
const box = { south: 43, west: -88, north: 44, east: -87 };
const now = new Date();
const ago = (hours: number) => new Date(now.getTime() - hours * hourMs);
const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id));

test('a registration refers to its agency and to nothing else, and nothing refers to it but its links', () => {
  const targets = getTableConfig(registrations).foreignKeys.map((key) => key.reference().foreignTable);
  expect(targets).toEqual([agencies]);
  const names = Object.keys(getTableColumns(registrations)).join(' ');
  expect(names).not.toMatch(/stream|site|relay|camera|url|wall|incident|grant/i);
});

describeStorages('the contract of the registry', (storage) => {
  let db: Db;
  let agencyId: string;
  let otherAgencyId: string;

  beforeEach(() => {
    ({ db, agencyId, otherAgencyId } = storage);
  });

  test('an agency with an area keeps a registry', async () => {
    const known = await listRegistryAgencies(db);
    await db.update(agencies).set({ area: box }).where(eq(agencies.id, agencyId));
    const added = (await listRegistryAgencies(db)).filter(({ id }) => !idsOf(known).has(id));
    expect(added).toMatchObject([{ id: agencyId, area: box }]);
  });

  test('an agency without one keeps what is registered there until it is deleted', async () => {
    const isKeeping = async () => idsOf(await listKeepingAgencies(db)).has(agencyId);
    await db.update(agencies).set({ area: null }).where(eq(agencies.id, agencyId));
    await seedTestRegistration(db, { agencyId, state: 'unverified' });
    expect(await isKeeping()).toBe(false);
    const id = await seedTestRegistration(db, { agencyId, state: 'dormant' });
    expect(await isKeeping()).toBe(true);
    await db.transaction((tx) => eraseRegistration(tx, { agencyId, id }, now));
    expect(await isKeeping()).toBe(false);
    await db.update(agencies).set({ area: box }).where(eq(agencies.id, agencyId));
    expect(await isKeeping()).toBe(true);
  });

  test('new ones without a link are found while their address has had few', async () => {
    const of = { madeAfter: ago(46), madeBefore: ago(0.5), linksSince: ago(24), mostLinks: 2 };
    const unmailed = async () => idsOf(await listUnmailed(db, of));
    const linkOf = (registrationId: string, emailHash: string) =>
      insertLink(db, {
        id: newId(),
        agencyId,
        registrationId,
        emailHash,
        secretHash: newId(),
        createdAt: ago(1),
        expiresAt: ago(-40),
      });
    const emailHash = `family-${newId()}`;
    const seed = (hours: number) =>
      seedTestRegistration(db, { agencyId, state: 'unverified', emailHash, at: ago(hours) });
    const mailed = await seed(2);
    await linkOf(mailed, emailHash);
    const late = await seed(2);
    const fresh = await seed(0.1);
    const over = await seed(47);
    const found = await unmailed();
    expect([mailed, late, fresh, over].map((id) => found.has(id))).toEqual([false, true, false, false]);
    await linkOf(mailed, emailHash);
    expect((await unmailed()).has(late)).toBe(false);
  });

  test('operators find active ones in the box, and those whose pause is over; in their own agency', async () => {
    const active = await seedTestRegistration(db, { agencyId });
    const over = await seedTestRegistration(db, { agencyId, state: 'paused', pausedUntil: ago(1) });
    await seedTestRegistration(db, { agencyId, state: 'paused', pausedUntil: ago(-1) });
    await seedTestRegistration(db, { agencyId, state: 'unverified' });
    await seedTestRegistration(db, { agencyId, state: 'dormant' });
    await seedTestRegistration(db, { agencyId, position: { latitude: 45, longitude: -87.5 } });
    const found = await listRegistrationsSeeing(db, agencyId, box, now);
    expect(idsOf(found)).toEqual(new Set([active, over]));
    expect(found[0]?.covers).toEqual(['street', 'entrance']);
    expect(await listRegistrationsSeeing(db, otherAgencyId, box, now)).toEqual([]);
    expect(idsOf(await listPausesOver(db, now)).has(over)).toBe(true);
  });

  test('a mail address has its verified registrations, and nobody else has', async () => {
    const of = { agencyId, emailHash: newId() };
    const id = await seedTestRegistration(db, of);
    await seedTestRegistration(db, { ...of, state: 'unverified' });
    await seedTestRegistration(db, { agencyId });
    expect(idsOf(await listOwn(db, of))).toEqual(new Set([id]));
    expect(await findOwn(db, of, id)).toMatchObject({ id });
    expect(await findOwn(db, { ...of, emailHash: newId() }, id)).toBeNull();
    expect(await findOwn(db, { ...of, agencyId: otherAgencyId }, id)).toBeNull();
    expect(await updateRegistration(db, { agencyId: otherAgencyId, id }, ['active'], { retentionDays: 1 })).toBeNull();
    expect(await updateRegistration(db, { agencyId, id }, ['paused'], { retentionDays: 1 })).toBeNull();
    expect(await updateRegistration(db, { agencyId, id }, ['active'], { retentionDays: 1 })).toMatchObject({ id });
  });

  test('what is erased is gone for ever, and the database holds no deleted one that says anything', async () => {
    const emailHash = newId();
    const [id, second] = [
      await seedTestRegistration(db, { agencyId, emailHash }),
      await seedTestRegistration(db, { agencyId, emailHash }),
    ];
    const link = { agencyId, emailHash, createdAt: now, expiresAt: ago(-1) };
    await insertLink(db, { id: newId(), registrationId: null, secretHash: newId(), ...link });
    await insertSession(db, { id: newId(), secretHash: newId(), ...link });
    const linksLeft = () => db.$count(registrantLinks, eq(registrantLinks.emailHash, emailHash));
    const sessionsLeft = () => db.$count(registrantSessions, eq(registrantSessions.emailHash, emailHash));
    const erase = (which: string) => db.transaction((tx) => eraseRegistration(tx, { agencyId, id: which }, now));
    expect(await erase(id)).toBe(true);
    expect(await erase(id)).toBe(false);
    const [row] = await db.select().from(registrations).where(eq(registrations.id, id));
    const kept = Object.entries(row ?? {}).filter(([, value]) => value !== null);
    expect(kept.map(([name]) => name).toSorted()).toEqual(
      ['agencyId', 'consentedAt', 'createdAt', 'deletedAt', 'id', 'lastConfirmedAt', 'questions', 'state'].concat([
        'termsHash',
        'termsVersion',
      ]),
    );
    expect([await linksLeft(), await sessionsLeft()]).toEqual([1, 1]);
    await erase(second);
    expect([await linksLeft(), await sessionsLeft()]).toEqual([0, 0]);
    const revive = db.update(registrations).set({ sealed: 'x' }).where(eq(registrations.id, id));
    expect(await failureOf(revive)).toMatch('registrations_deleted_is_empty');
    const third = await seedTestRegistration(db, { agencyId });
    const halfDelete = db.update(registrations).set({ state: 'deleted' }).where(eq(registrations.id, third));
    expect(await failureOf(halfDelete)).toMatch('registrations_deleted_is_empty');
  });

  test('unverified ones are removed after 48 hours with their links, and verified ones are not', async () => {
    const late = await seedTestRegistration(db, { agencyId, state: 'unverified', at: ago(48) });
    const fresh = await seedTestRegistration(db, { agencyId, state: 'unverified', at: ago(47) });
    const active = await seedTestRegistration(db, { agencyId, at: ago(100) });
    const link = { id: newId(), agencyId, emailHash: newId(), secretHash: newId(), createdAt: now, expiresAt: ago(-1) };
    await insertLink(db, { ...link, registrationId: late });
    const expired = idsOf(await listExpired(db, now));
    expect([late, fresh, active].map((id) => expired.has(id))).toEqual([true, false, false]);
    expect(await removeUnverified(db, active)).toBe(false);
    expect(await removeUnverified(db, late)).toBe(true);
    expect(await findLink(db, link.secretHash, now)).toBeNull();
  });

  test('links open once and in their time, sessions until their end', async () => {
    const row = () => ({ id: newId(), agencyId, emailHash: newId(), secretHash: newId(), createdAt: ago(1) });
    const [link, late] = [row(), row()];
    await insertLink(db, { ...link, registrationId: null, expiresAt: ago(-1) });
    await insertLink(db, { ...late, registrationId: null, expiresAt: now });
    expect(await findLink(db, link.secretHash, now)).toMatchObject({ id: link.id });
    const uses = await Promise.all([1, 2, 3].map(() => useLink(db, link.secretHash, now)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await useLink(db, late.secretHash, now)).toBe(false);
    const [session, over] = [row(), row()];
    await insertSession(db, { ...session, expiresAt: ago(-1) });
    await insertSession(db, { ...over, expiresAt: now });
    expect(await findSession(db, session.secretHash, now)).toMatchObject({ id: session.id });
    expect(await findSession(db, over.secretHash, now)).toBeNull();
    await removeOver(db, now);
    expect(await db.$count(registrantSessions, eq(registrantSessions.id, over.id))).toBe(0);
    await removeSession(db, session.id);
    expect(await findSession(db, session.secretHash, now)).toBeNull();
  });

  test('the yearly question: who is due, who has not answered, who has been dormant for long', async () => {
    const id = await seedTestRegistration(db, { agencyId, at: ago(100) });
    const has = async (rows: Promise<{ id: string }[]>) => idsOf(await rows).has(id);
    expect(await has(listUnconfirmed(db, ago(101)))).toBe(false);
    expect(await has(listUnconfirmed(db, ago(100)))).toBe(true);
    await updateRegistration(db, { agencyId, id }, ['active'], { questions: 1, askedAt: ago(50) });
    expect(await has(listUnconfirmed(db, ago(100)))).toBe(false);
    expect(await has(listUnanswered(db, 1, ago(50)))).toBe(true);
    expect(await has(listUnanswered(db, 2, ago(50)))).toBe(false);
    await updateRegistration(db, { agencyId, id }, ['active'], { state: 'dormant', dormantAt: ago(20) });
    expect(await has(listUnanswered(db, 1, ago(50)))).toBe(false);
    expect(await has(listDormant(db, ago(20)))).toBe(true);
  });
});
