import { ownerRoutes } from '@commonsight/types/http/owner-routes';
import { ledgerSecretHeader } from '@commonsight/types/ledger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerLinks } from '../db/schema.ts';
import { newId } from '../ids.ts';
import { hashOfSecret } from '../secrets.ts';
import { Stage } from '../signaling/testing/Stage.ts';
import { seedTestUser } from '../testing/seed.ts';

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

const read = (from: string) =>
  fetch(`${stage.url}${ownerRoutes.readOwnerUpload.path}`, { headers: { [ledgerSecretHeader]: from } });

test('an owner reads what leaves the site from the relay; without it, and without a link, there is nothing', async () => {
  expect((await read(secret)).status).toBe(503);
  await stage.connectMedia();
  const answer = await read(secret);
  expect(answer.status).toBe(200);
  // A relay of an earlier version knows no limit.
  expect(ownerRoutes.readOwnerUpload.response.parse(await answer.json())).toEqual({ upload: null, cameras: [] });
  expect((await read('x'.repeat(43))).status).toBe(404);
});
