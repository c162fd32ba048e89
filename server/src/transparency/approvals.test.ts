import type { TransparencyReport } from '@commonsight/types/transparency';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { breakGlassUses, grantRequests } from '../db/schema.ts';
import { GrantStage } from '../grants/testing/GrantStage.ts';
import { testPassword } from '../testing/seed.ts';
import { Transparency } from './Transparency.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Fewer are withheld. */
const times = 5;
let stage: GrantStage;

beforeAll(async () => {
  stage = await GrantStage.create();
});

afterAll(() => stage.close());

/** The report that will be public when today is over. */
async function report(): Promise<TransparencyReport> {
  return new Transparency({
    db: stage.db,
    policies: stage.server.services.policies,
    originOf: (logId) => logId,
    delayDays: 0,
    now: () => Date.now() + dayMs,
  }).read('test-agency');
}

async function rowsOf(id: string): Promise<Record<string, number | null>> {
  const { figures } = await report();
  const rows = figures.find((figure) => figure.id === id)?.rows ?? [];
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

test('approvals, refusals and late answers are counted once each, whoever tried at the same time', async () => {
  const [analyst, supervisor] = [stage.as('analyst'), stage.as('supervisor')];
  for (let each = 0; each < times; each += 1) {
    const { body } = await stage.request(analyst);
    await Promise.all([1, 2].map(() => stage.decide(supervisor, body['id'], 'approve')));
  }
  for (let each = 0; each < times; each += 1) {
    const { body } = await stage.request(analyst);
    await stage.decide(supervisor, body['id'], 'deny');
    await stage.decide(supervisor, body['id'], 'approve');
  }
  const late = await stage.request(analyst);
  const expiresAt = new Date(Date.now() - 1);
  await stage.db
    .update(grantRequests)
    .set({ expiresAt })
    .where(eq(grantRequests.id, String(late.body['id'])));
  await Promise.all([1, 2].map(() => stage.server.services.grantRequests.endVain(new Date())));
  const taken = await stage.request(analyst);
  await analyst.call('POST', `/api/grant-requests/${String(taken.body['id'])}/withdraw`);

  expect(await rowsOf('approvals')).toEqual({ approved: times, denied: times + 1, total: 2 * times + 1 });
  // Each approval that came too late was refused, and is told as a refusal of access.
  expect((await rowsOf('refusals'))['grant']).toBe(2 * times);
});

test('break-glass is counted by uses, overdue ones too', async () => {
  const dispatcher = stage.as('dispatcher');
  const reauthentication = { factor: 'password', password: testPassword };
  const ids: string[] = [];
  for (let each = 0; each < times; each += 1) {
    const wish = { ...(await stage.wish()), reauthentication };
    const { body } = await dispatcher.call('POST', '/api/grants/break-glass', wish);
    ids.push(String(body['id']));
    // One more camera is no second use.
    const more = { ...wish, cameraIds: [await stage.camera()] };
    expect((await dispatcher.call('POST', '/api/grants/break-glass', more)).body['id']).toBe(body['id']);
  }
  await stage.db.update(breakGlassUses).set({ dueAt: new Date(Date.now() - 1) });
  await Promise.all([1, 2].map(() => stage.server.services.breakGlass.tellOverdue(new Date())));
  for (const id of ids) {
    const text = 'Somebody called for help in there.';
    await dispatcher.call('POST', `/api/break-glass/${id}/justify`, { text });
  }
  expect(await rowsOf('breakGlass')).toEqual({ used: times, justified: times, overdue: times });
});
