import { breakGlassSchema, grantRequestSchema } from '@commonsight/types/grant-request';
import { grantSchema } from '@commonsight/types/grant';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import type { TestBrowser } from '../signaling/testing/TestBrowser.ts';
import { approvalPolicy } from '../testing/approvalPolicy.ts';
import { seedTestAgency, testPassword } from '../testing/seed.ts';

let stage: Stage;
let asker: StageUser;
let supervisor: StageUser;
let told: TestBrowser[];
let untold: TestBrowser[];

beforeAll(async () => {
  stage = await Stage.create({ policyText: approvalPolicy });
  const other = await seedTestAgency(stage.db, 'The other agency');
  [asker, supervisor] = [await stage.signIn('analyst'), await stage.signIn('supervisor')];
  const others: StageUser[] = [];
  for (const role of ['analyst', 'dispatcher', 'administrator', 'auditor'] as const)
    others.push(await stage.signIn(role));
  others.push(await stage.signIn('supervisor', other));
  told = [await asker.connect(), await supervisor.connect()];
  untold = await Promise.all(others.map((user) => user.connect()));
});

afterAll(() => stage.close());

const wish = (index: number) => ({
  incidentId: stage.incidentId,
  purpose: 'missingPerson',
  cameraIds: [stage.cameras[index]?.id],
});

/** What comes behind it has come too: an incident's note, which everybody of the agency but the auditor hears. */
async function fence(): Promise<void> {
  const path = `/api/incidents/${stage.incidentId}/notes`;
  await supervisor.call('POST', path, { text: 'Fence' });
  await Promise.all([...told, ...untold.slice(0, 3)].map((browser) => browser.heard('incident:noted')));
}

test('APR4 a request is told to its asker and to who may approve, and to nobody else', async () => {
  const body = { ...wish(0), note: 'Case 7' };
  const { id } = await asker.get(grantRequestSchema, 'POST', '/api/grant-requests', body);
  await supervisor.call('POST', `/api/grant-requests/${id}/approve`, { note: null });
  for (const browser of told) {
    await browser.heard('grantRequest:changed', ({ request }) => request.id === id && request.state === 'approved');
    expect(browser.notifications('grantRequest:changed').map(({ request }) => request.state)).toEqual([
      'requested',
      'approved',
    ]);
  }
  // The grant itself is its user's alone.
  await told[0]?.heard('grant:changed', ({ grant }) => grant.userId === asker.actor.userId);
  await fence();
  expect(told[1]?.notifications('grant:changed')).toEqual([]);
  for (const browser of untold) expect(browser.notifications('grantRequest:changed')).toEqual([]);
});

test('APR4 BRK2 break-glass is told to its user and to who may approve in the same moment, and to nobody else', async () => {
  const reauthentication = { factor: 'password', password: testPassword };
  const grant = await asker.get(grantSchema, 'POST', '/api/grants/break-glass', { ...wish(1), reauthentication });
  const path = `/api/break-glass/${grant.id}/justify`;
  await asker.get(breakGlassSchema, 'POST', path, { text: 'A child was seen on the tracks.' });
  for (const browser of told) {
    await browser.heard('breakGlass:changed', ({ use }) => use.state === 'justified');
    expect(browser.notifications('breakGlass:changed').map(({ use }) => use.state)).toEqual(['open', 'justified']);
  }
  await fence();
  for (const browser of untold) expect(browser.notifications('breakGlass:changed')).toEqual([]);
});

test('BRK1 what it allows is viewed, and ends with it', async () => {
  await stage.connectMedia();
  const browser = await asker.connect();
  await browser.openPeer();
  const camera = stage.cameras[1];
  if (camera === undefined) throw new Error('There is no second camera.');
  const [shown] = await stage.view(browser, [camera]);
  const grants = (await asker.call('GET', '/api/grants')).body as { grants: { id: string; isBreakGlass: boolean }[] };
  const broken = grants.grants.find(({ isBreakGlass }) => isBreakGlass);
  await supervisor.call('POST', `/api/grants/${String(broken?.id)}/revoke`, { note: 'It is over' });
  const closed = await browser.heard('consumer:closed', ({ viewingId }) => viewingId === shown?.viewingId);
  expect(closed.by?.id).toBe(supervisor.actor.userId);
});
