import type { PushTopic } from '@commonsight/types/push';
import type { RelayHealth } from '@commonsight/types/relay/relay-health';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../db/Database.ts';
import { createTestDatabase } from '../db/testing/createTestDatabase.ts';
import { ledgerLinks, outages, pushSubscriptions, relays } from '../db/schema.ts';
import { CodedError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { AskRelay } from '../relay-link/RelayLinks.ts';
import { insertRelay } from '../relays/relayRepository.ts';
import { seedTestAgency, seedTestCamera, seedTestSite, seedTestUser } from '../testing/seed.ts';
import { longOutageMs, Outages } from './Outages.ts';

let database: Database;
let agencyId: string;
let siteId: string;
let relayId: string;
let health: RelayHealth | null;
const told: PushTopic[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const { db } = database;
  told.length = 0;
  await db.delete(pushSubscriptions);
  await db.delete(outages);
  agencyId = await seedTestAgency(db, `Agency ${newId()}`);
  siteId = await seedTestSite(db, agencyId);
  relayId = newId();
  await insertRelay(db, { id: relayId, agencyId, siteId, name: 'R', publicKey: 'k', enrolledAt: new Date() });
  await setOnline(true);
  const { userId: createdBy } = await seedTestUser(db, { agencyId, role: 'administrator' });
  const linkId = newId();
  await db
    .insert(ledgerLinks)
    .values({ id: linkId, agencyId, siteId, secretHash: linkId, createdBy, createdAt: new Date() });
  await db.insert(pushSubscriptions).values({
    id: newId(),
    agencyId,
    siteId,
    relayId,
    linkId,
    ownerKey: 'o',
    sealed: 's',
    endpointHash: 'e',
    isDiscreet: false,
    createdAt: new Date(),
  });
  health = healthOf([]);
});

const setOnline = (isOnline: boolean) => database.db.update(relays).set({ isOnline }).where(eq(relays.id, relayId));

function healthOf(cameras: RelayHealth['cameras']): RelayHealth {
  const at = new Date(0).toISOString();
  return {
    at,
    startedAt: at,
    process: { busyCores: 0, memoryMegabytes: 1 },
    machine: { cores: 1, load: 0, memoryMegabytes: 1, freeMemoryMegabytes: 1 },
    camerasFault: null,
    cameras,
    upload: null,
  };
}

function cameraOf(cameraId: string, isDown: boolean): RelayHealth['cameras'][number] {
  const at = new Date(0).toISOString();
  const fault = isDown ? { code: 'unreachable' as const, message: 'No answer.' } : null;
  const tested = { main: null, sub: null };
  return { cameraId, awaitsOwner: false, streams: ['sub'], tested, check: { at, fault }, sending: [] };
}

const askRelay: AskRelay = async () => {
  if (health === null) throw new CodedError('relayOffline');
  // Every question of this watch is the one that health answers.
  return health as never;
};

const watch = () =>
  new Outages({
    db: database.db,
    askRelay,
    messages: { outageFound: async (_site, about) => void told.push(about) },
    subscriptions: { endStale: async () => undefined },
  });

/** Looks at the beginning, a minute before a long outage and at its end. */
async function lookOn(fromMs: number): Promise<void> {
  for (const ms of [0, longOutageMs - 60_000, longOutageMs, longOutageMs + 60_000]) {
    await watch().run(new Date(fromMs + ms));
  }
}

test('PSH7 a camera that is down for long is told once, by its name', async () => {
  const camera = await seedTestCamera(database.db, { agencyId, siteId, name: 'Yard' });
  health = healthOf([cameraOf(camera.id, true)]);
  await lookOn(1_000);
  expect(told).toEqual([
    { kind: 'cameraDown', isRelay: false, cameras: 1, cameraName: 'Yard', since: new Date(1_000).toISOString() },
  ]);
});

test('PSH7 one that came back is forgotten, and told anew when it goes again', async () => {
  const camera = await seedTestCamera(database.db, { agencyId, siteId });
  health = healthOf([cameraOf(camera.id, true)]);
  await lookOn(0);
  health = healthOf([cameraOf(camera.id, false)]);
  await watch().run(new Date(2 * longOutageMs));
  health = healthOf([cameraOf(camera.id, true)]);
  await lookOn(3 * longOutageMs);
  expect(told).toHaveLength(2);
});

test('PSH7 several are one message, and another site’s cameras are none of it', async () => {
  const cameras = [1, 2].map(() => seedTestCamera(database.db, { agencyId, siteId }));
  const elsewhere = await seedTestCamera(database.db, { agencyId, siteId: await seedTestSite(database.db, agencyId) });
  const ids = [...(await Promise.all(cameras)), elsewhere].map(({ id }) => id);
  health = healthOf(ids.map((id) => cameraOf(id, true)));
  await lookOn(0);
  expect(told).toMatchObject([{ kind: 'cameraDown', cameras: 2, cameraName: null }]);
});

test('PSH7 a relay that is away is told as itself, and its cameras are not', async () => {
  health = null;
  await setOnline(false);
  await lookOn(0);
  expect(told).toMatchObject([{ kind: 'cameraDown', isRelay: true, cameras: 0, cameraName: null }]);
});
