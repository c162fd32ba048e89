import { beforeEach, expect, test } from 'vitest';
import {
  countOverdue,
  findBreakGlass,
  insertBreakGlass,
  justifyBreakGlass,
  listBreakGlass,
  listUntoldOverdue,
  markOverdue,
  nextDue,
} from '../grants/breakGlassRepository.ts';
import {
  decideGrantRequest,
  findGrantRequest,
  findUndecidedRequest,
  insertGrantRequest,
  listApprovedCameras,
  listGrantRequests,
  listUndecidedRequests,
  noteGrantOfRequest,
  readGrantRequest,
} from '../grants/grantRequestRepository.ts';
import { findUnendedGrant, insertGrant, listUnendedGrantsOf } from '../grants/grantRepository.ts';
import { newId } from '../ids.ts';
import { seedTestIncident, seedTestUser } from '../testing/seed.ts';
import type { Db } from './Database.ts';
import { describeStorages, failureOf } from './testing/describeStorages.ts';

const minuteMs = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minuteMs);

describeStorages('the contract of approvals', (storage) => {
  let db: Db;
  let agencyId: string;
  let otherAgencyId: string;
  let userId: string;

  beforeEach(async () => {
    ({ db, agencyId, otherAgencyId } = storage);
    ({ userId } = await seedTestUser(db, { agencyId, role: 'analyst' }));
  });

  async function seedRequest(changes: { expiresAt?: Date; requestedAt?: Date; incidentId?: string } = {}) {
    const row = {
      id: newId(),
      agencyId,
      state: 'requested' as const,
      userId,
      incidentId: changes.incidentId ?? (await seedTestIncident(db, { agencyId })),
      purpose: 'missingPerson' as const,
      cameraIds: [newId(), newId()],
      note: 'Case 7',
      requestedAt: changes.requestedAt ?? new Date(),
      expiresAt: changes.expiresAt ?? inMinutes(30),
    };
    return { ...row, isInserted: await insertGrantRequest(db, row) };
  }

  async function seedGrant(incidentId: string, isBreakGlass: boolean) {
    const grant = { id: newId(), agencyId, userId, incidentId, purpose: 'missingPerson' as const, isBreakGlass };
    const endsAt = inMinutes(30);
    await insertGrant(db, {
      ...grant,
      startsAt: new Date(0),
      endsAt,
      latestEndsAt: endsAt,
      policyHash: '0'.repeat(64),
    });
    return grant;
  }

  test('requests: one waits for a user and an incident, and another may once it is decided', async () => {
    const request = await seedRequest();
    expect(request.isInserted).toBe(true);
    expect((await seedRequest(request)).isInserted).toBe(false);
    const asker = { agencyId, userId, incidentId: request.incidentId };
    expect(await findUndecidedRequest(db, asker)).toMatchObject({ id: request.id, cameraIds: request.cameraIds });
    expect(await findUndecidedRequest(db, { ...asker, agencyId: otherAgencyId })).toBeNull();
    expect(await findGrantRequest(db, otherAgencyId, request.id)).toBeNull();
    const no = { state: 'denied' as const, by: null, at: new Date(), note: 'No' };
    expect(await decideGrantRequest(db, request, no)).toBe(true);
    expect(await findUndecidedRequest(db, asker)).toBeNull();
    expect((await seedRequest(request)).isInserted).toBe(true);
  });

  test('requests: decided once, also at once, and not after their end', async () => {
    const request = await seedRequest();
    const yes = { state: 'approved' as const, by: userId, at: new Date(), note: null };
    expect(await decideGrantRequest(db, { ...request, agencyId: otherAgencyId }, yes)).toBe(false);
    expect(await decideGrantRequest(db, request, yes, inMinutes(31))).toBe(false);
    const decided = await Promise.all([1, 2, 3, 4].map(() => decideGrantRequest(db, request, yes, new Date())));
    expect(decided.filter(Boolean)).toHaveLength(1);
    expect(await readGrantRequest(db, agencyId, request.id, new Date())).toMatchObject({
      state: 'approved',
      decidedBy: { id: userId },
      cameraIds: request.cameraIds,
    });
  });

  test('requests: those that wait stand first, late ones are shown as timed out and found by the clock', async () => {
    const late = await seedRequest({ expiresAt: inMinutes(-1), requestedAt: inMinutes(-5) });
    const old = await seedRequest({ requestedAt: inMinutes(-10) });
    const decided = await seedRequest();
    await decideGrantRequest(db, decided, { state: 'withdrawn', by: null, at: new Date(), note: null });
    const list = await listGrantRequests(db, { agencyId, userId: null, now: new Date(), limit: 10 });
    expect(list.map(({ id, state }) => [id, state])).toEqual([
      [old.id, 'requested'],
      [decided.id, 'withdrawn'],
      [late.id, 'timedOut'],
    ]);
    expect(await listGrantRequests(db, { agencyId, userId: newId(), now: new Date(), limit: 10 })).toEqual([]);
    expect(await listGrantRequests(db, { agencyId: otherAgencyId, userId: null, now: new Date(), limit: 10 })).toEqual(
      [],
    );
    const undecided = (await listUndecidedRequests(db)).map(({ request }) => request.id);
    expect(undecided.filter((id) => [late.id, old.id, decided.id].includes(id))).toEqual([late.id, old.id]);
  });

  test('requests: a grant’s approved cameras are those of its approved requests', async () => {
    const request = await seedRequest();
    const grant = await seedGrant(request.incidentId, false);
    await noteGrantOfRequest(db, request, grant.id);
    expect(await listApprovedCameras(db, grant)).toEqual(new Set());
    await decideGrantRequest(db, request, { state: 'approved', by: userId, at: new Date(), note: null });
    expect(await listApprovedCameras(db, grant)).toEqual(new Set(request.cameraIds));
    expect(await listApprovedCameras(db, { ...grant, agencyId: otherAgencyId })).toEqual(new Set());
  });

  test('grants: one by break-glass stands beside one that is not, and none beside its like', async () => {
    const incidentId = await seedTestIncident(db, { agencyId });
    const broken = await seedGrant(incidentId, true);
    const ordinary = await seedGrant(incidentId, false);
    const holder = { agencyId, userId, incidentId };
    expect((await listUnendedGrantsOf(db, holder)).map(({ id }) => id)).toEqual([ordinary.id, broken.id]);
    expect(await findUnendedGrant(db, holder)).toMatchObject({ id: ordinary.id });
    expect(await findUnendedGrant(db, holder, { isBreakGlass: true })).toMatchObject({ id: broken.id });
    for (const isBreakGlass of [true, false]) {
      expect(await failureOf(seedGrant(incidentId, isBreakGlass))).toMatch('duplicate key');
    }
  });

  test('break-glass: overdue by the clock, told once, justified once', async () => {
    const seedUse = async (dueAt: Date) => {
      const { id: grantId } = await seedGrant(await seedTestIncident(db, { agencyId }), true);
      const use = { grantId, agencyId, startedAt: new Date(), dueAt };
      await insertBreakGlass(db, use);
      return use;
    };
    const use = await seedUse(inMinutes(10));
    const later = await seedUse(inMinutes(20));
    const all = { agencyId, userId: null, now: new Date(), limit: 10 };
    expect(await findBreakGlass(db, otherAgencyId, use.grantId)).toBeNull();
    expect(await countOverdue(db, all)).toBe(0);
    expect((await nextDue(db))?.getTime()).toBeLessThanOrEqual(use.dueAt.getTime());
    expect(await countOverdue(db, { ...all, now: use.dueAt })).toBe(1);
    expect(await countOverdue(db, { ...all, userId: newId(), now: use.dueAt })).toBe(0);
    const untold = async () => (await listUntoldOverdue(db, use.dueAt)).filter((row) => row.agencyId === agencyId);
    expect(await untold()).toMatchObject([{ grantId: use.grantId, userId }]);
    const marked = await Promise.all([1, 2, 3].map(() => markOverdue(db, use, use.dueAt)));
    expect(marked.filter(Boolean)).toHaveLength(1);
    expect(await untold()).toEqual([]);
    expect(await countOverdue(db, { ...all, now: use.dueAt })).toBe(1);

    const justification = { text: 'A child was seen on the tracks.', at: new Date() };
    const justified = await Promise.all([1, 2, 3].map(() => justifyBreakGlass(db, use, justification)));
    expect(justified.filter(Boolean)).toHaveLength(1);
    expect(await countOverdue(db, { ...all, now: inMinutes(60) })).toBe(1);
    expect((await listBreakGlass(db, all)).map(({ id, state }) => [id, state])).toEqual([
      [later.grantId, 'open'],
      [use.grantId, 'justified'],
    ]);
    expect(await listBreakGlass(db, { ...all, agencyId: otherAgencyId })).toEqual([]);
  });
});
