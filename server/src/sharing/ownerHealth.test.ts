import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import type { RelayCamera } from '@commonsight/types/relay/relay-health';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerLinks } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { hashOfSecret } from '../secrets.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestCamera, seedTestSite, seedTestUser } from '../testing/seed.ts';

const secret = 's'.repeat(43);
let stage: Stage;

beforeEach(async () => {
  stage = await Stage.create();
  const { userId: createdBy } = await seedTestUser(stage.db, { agencyId: stage.agencyId, role: 'administrator' });
  const row = {
    id: newId(),
    agencyId: stage.agencyId,
    siteId: stage.siteId,
    secretHash: hashOfSecret(secret),
    createdBy,
  };
  await stage.db.insert(ledgerLinks).values({ ...row, createdAt: new Date() });
});
afterEach(() => stage.close());

const read = (from = secret) =>
  fetch(`${stage.url}${ownerRoutes.readOwnerHealth.path}`, { headers: { [ledgerSecretHeader]: from } });

const entryOf = (cameraId: string, check: RelayCamera['check']): RelayCamera => ({
  cameraId,
  awaitsOwner: false,
  streams: ['main'],
  tested: { main: 4_000, sub: null },
  check,
  sending: [],
});

test('SHR16 an owner reads how the relay and the cameras of the site are, and of no other site', async () => {
  const { agencyId, siteId } = stage;
  const [first, second] = stage.cameras;
  const other = await seedTestCamera(stage.db, { agencyId, siteId: await seedTestSite(stage.db, agencyId) });
  const unconfirmed = await seedTestCamera(stage.db, { agencyId, siteId, isConfirmed: false });
  const at = new Date().toISOString();
  const check = { at, fault: { code: 'wrongPassword' as const, message: 'The camera refuses the password.' } };
  stage.relay.health = {
    camerasFault: null,
    cameras: [entryOf(first?.id ?? '', check), entryOf(other.id, null), entryOf(newId(), null)],
  };
  await stage.connectMedia();
  const answer = await read();
  expect(answer.status).toBe(200);
  const text = await answer.text();
  const { machine, cameras } = ownerRoutes.readOwnerHealth.response.parse(JSON.parse(text));
  expect(machine.cores).toBe(2);
  expect(cameras.map(({ id, relay }) => [id, relay?.check?.fault?.code ?? null])).toEqual([
    [first?.id, 'wrongPassword'],
    [second?.id, null],
    [stage.cameras[2]?.id, null],
    [unconfirmed.id, null],
  ]);
  expect(cameras.map(({ confirmedAt }) => confirmedAt === null)).toEqual([false, false, false, true]);
  expect(text).not.toContain('watchers');
  expect(text).not.toContain(other.id);
});

test('SHR16 without a relay that answers there is nothing to read, nor without a link', async () => {
  expect((await read()).status).toBe(503);
  await stage.connectMedia();
  for (const time of [1, 2]) expect([time, (await read()).status]).toEqual([time, 200]);
  expect((await read('x'.repeat(43))).status).toBe(404);
  // Of the agency's log the first reading of an hour alone is a line.
  const lines = await stage.audit('ledger.read');
  expect(lines.map(({ outcome }) => outcome)).toEqual(['done']);
});
