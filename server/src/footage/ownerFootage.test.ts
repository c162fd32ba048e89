import {
  type FootageOpening,
  footageOpeningContext,
  footageRequestSchema,
  footageSessionHeader,
  type SignedFootageOpening,
} from '@commonsight/types/footage';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { type SharingMode, weekdays } from '@commonsight/types/relay/sharing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { auditEvents, relaySharing, sites } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { seedTestSharing } from '../sharing/testing/seedTestSharing.ts';
import { OwnerKeys } from '../testing/OwnerKeys.ts';
import { seedTestCamera, seedTestSite } from '../testing/seed.ts';
import { listToRemind } from './recipientRepository.ts';
import { remindOwner } from './remindOwner.ts';
import { dayMs, FootageStage, hourMs, later } from './testing/FootageStage.ts';

let stage: FootageStage;

beforeAll(async () => {
  stage = await FootageStage.create();
});

// Each test has a day's requests of its own.
beforeEach(() => stage.changeAnalyst());

afterAll(() => stage.close());

test('FTG7 an owner who said how long recordings are kept is reminded once, as soon as a browser takes messages', async () => {
  const { db, server } = stage;
  const { agencyId } = server;
  const siteId = await seedTestSite(db, agencyId);
  await db.update(sites).set({ keptDays: 7 }).where(eq(sites.id, siteId));
  const camera = await seedTestCamera(db, { agencyId, siteId });
  const administrator = await server.signIn('administrator');
  await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const window = { from: later(-5 * dayMs), to: later(-5 * dayMs + hourMs) };
  const answer = await stage.send({ ...stage.askFor([], { window }), sources: [{ kind: 'live', id: camera.id }] });
  const { id } = footageRequestSchema.parse(answer.body['request']);
  const asked = await stage.stateOf(id);
  expect(Date.parse(asked.overwrittenAt ?? '')).toBe(Date.parse(window.from) + 7 * dayMs);
  let browsers = 0;
  const told: string[][] = [];
  const push = {
    footageAsked: async (_: string, siteIds: readonly string[]) => {
      told.push([...siteIds]);
      return browsers;
    },
  };
  const remind = async (afterMs: number) => {
    const now = new Date(Date.now() + afterMs);
    for (const row of (await listToRemind(db, now)).filter((each) => each.siteId === siteId)) {
      await remindOwner({ db, push }, row, now);
    }
    return (await stage.stateOf(id)).remindedAt;
  };
  const due = 1.9 * dayMs;
  expect(await remind(0)).toBeNull();
  expect(await remind(due)).toBeNull();
  browsers = 1;
  expect(await remind(due)).toBeNull();
  expect(await remind(due + hourMs)).not.toBeNull();
  expect(await remind(due + 2 * hourMs)).not.toBeNull();
  expect(told).toEqual([[siteId], [siteId]]);
});

test('FTG1 an owner is not asked about a camera that is off now and was through the window', async () => {
  const { db, server } = stage;
  const { agencyId } = server;
  const siteId = await seedTestSite(db, agencyId);
  const off = { agencyId, siteId, sharingMode: 'off' } as const;
  const [always, atTimes, never] = [
    await seedTestCamera(db, { agencyId, siteId, name: 'Gate' }),
    await seedTestCamera(db, { ...off, name: 'Yard' }),
    await seedTestCamera(db, { ...off, name: 'Office' }),
  ];
  const rule = (mode: SharingMode) => ({ mode, schedule: [], dates: [] });
  const wholeDay = { days: [...weekdays], from: '00:00', to: '24:00', mode: 'recordedOnly' as const };
  const today = new Date().toISOString().slice(0, 10);
  const isOffToday = { ...rule('off'), schedule: [wholeDay], dates: [{ date: today, mode: 'off' as const }] };
  await seedTestSharing(db, { agencyId, siteId }, { default: rule('off'), cameras: { [atTimes.id]: isOffToday } });
  const administrator = await server.signIn('administrator');
  expect((await administrator.call('POST', `/api/sites/${siteId}/ledger-links`)).status).toBe(200);
  const send = (ids: readonly string[], from: string) =>
    stage.send({
      ...stage.askFor([], { window: { from, to: later(-hourMs) } }),
      sources: ids.map((id) => ({ kind: 'live', id })),
    });
  const named = async (ids: readonly string[], from: string) => {
    const { request, notAsked } = (await send(ids, from)).body;
    const names = footageRequestSchema.parse(request).recipients.flatMap(({ cameras }) => cameras);
    return { notAsked, names: new Set(names.map(({ name }) => name)) };
  };
  const all = [always.id, atTimes.id, never.id];
  expect(await named(all, later(-3 * dayMs))).toEqual({
    notAsked: [{ id: never.id, why: 'notShared' }],
    names: new Set(['Gate', 'Yard']),
  });
  expect((await send([never.id], later(-3 * dayMs))).body.error?.code).toBe('conflict');
});

test('an owner reads requests about live cameras by the owner’s link, and no more when it is revoked', async () => {
  const { db, server } = stage;
  const siteId = await seedTestSite(db, server.agencyId);
  const camera = await seedTestCamera(db, { agencyId: server.agencyId, siteId, name: 'Loading dock' });
  const ask = { ...stage.askFor([]), sources: [{ kind: 'live', id: camera.id }] };
  expect((await stage.send(ask)).body.error?.code).toBe('conflict');
  const administrator = await server.signIn('administrator');
  const made = await administrator.call('POST', `/api/sites/${siteId}/ledger-links`);
  const headers = { [ledgerSecretHeader]: String(made.body['url']).split('#')[1] ?? '' };
  expect((await stage.send(ask)).status).toBe(200);
  const inbox = await server.nobody.call('GET', '/api/owner/footage-requests', undefined, headers);
  const [own] = inbox.body['requests'] as { id: string }[];
  const open = () =>
    server.nobody.call('POST', `/api/owner/footage-requests/${own?.id ?? ''}/open`, { signed: null }, headers);
  const session = { [footageSessionHeader]: String((await open()).body['secret']) };
  expect((await stage.read(session)).body).toMatchObject({ cameras: [{ name: 'Loading dock' }], state: 'opened' });
  const { id: linkId } = made.body['link'] as { id: string };
  expect((await administrator.call('POST', `/api/ledger-links/${linkId}/revoke`)).status).toBe(200);
  expect((await stage.read(session)).status).toBe(401);
  expect((await open()).status).toBe(404);
});

test('FTG2 where the relay keeps an owner’s key, the link alone answers nothing: the owner signs', async () => {
  const { db, server } = stage;
  const site = { agencyId: server.agencyId, siteId: await seedTestSite(db, server.agencyId) };
  const camera = await seedTestCamera(db, { ...site, name: 'Loading dock' });
  const always = { mode: 'always' as const, schedule: [], dates: [] };
  await seedTestSharing(db, site, { default: always, cameras: {} });
  const [owner, stranger] = [new OwnerKeys(), new OwnerKeys()];
  const [sharing] = await db.select().from(relaySharing).where(eq(relaySharing.siteId, site.siteId));
  const told = { ...sharing?.told, ownerKeys: [owner.publicKey] } as NonNullable<typeof sharing>['told'];
  await db.update(relaySharing).set({ told }).where(eq(relaySharing.siteId, site.siteId));
  const administrator = await server.signIn('administrator');
  const made = await administrator.call('POST', `/api/sites/${site.siteId}/ledger-links`);
  const headers = { [ledgerSecretHeader]: String(made.body['url']).split('#')[1] ?? '' };
  expect((await stage.send({ ...stage.askFor([]), sources: [{ kind: 'live', id: camera.id }] })).status).toBe(200);
  const inbox = await server.nobody.call('GET', '/api/owner/footage-requests', undefined, headers);
  const recipientId = (inbox.body['requests'] as { id: string }[])[0]?.id ?? '';
  const sign = (by: OwnerKeys, changed: Partial<FootageOpening> = {}) => {
    const { content, signature } = by.sign(footageOpeningContext, {
      format: 'commonsight-footage-opening-1',
      relayId: sharing?.relayId,
      recipientId,
      at: new Date().toISOString(),
      ...changed,
    });
    return { opening: content, signature };
  };
  const open = async (signed: SignedFootageOpening | null) =>
    (await server.nobody.call('POST', `/api/owner/footage-requests/${recipientId}/open`, { signed }, headers)).status;
  for (const wrong of [
    null,
    sign(stranger),
    sign(owner, { recipientId: newId() }),
    sign(owner, { relayId: newId() }),
    sign(owner, { at: later(-hourMs) }),
  ]) {
    expect(await open(wrong)).toBe(403);
  }
  expect(await open(sign(owner))).toBe(200);
  const lines = await db.select().from(auditEvents).where(eq(auditEvents.type, 'footage.linkOpened'));
  const own = lines.filter(({ details }) => details['recipientId'] === recipientId);
  expect(own.map(({ outcome }) => outcome).toSorted()).toEqual(['done', ...Array<string>(5).fill('refused')]);
});
