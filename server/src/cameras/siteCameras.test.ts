import { cameraSchema } from '@commonsight/types/camera';
import { routes } from '@commonsight/types/http/routes';
import { grantSchema } from '@commonsight/types/grant';
import { siteSchema } from '@commonsight/types/site';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import { seedTestAgency, seedTestCamera, seedTestIncident, seedTestSite, testPosition } from '../testing/seed.ts';

let stage: Stage;
let administrator: StageUser;
let siteId: string;

beforeAll(async () => {
  stage = await Stage.create();
  await stage.connectRelay();
  administrator = await stage.signIn('administrator');
  const { sites } = await administrator.get(routes.listSites.response, 'GET', '/api/sites');
  siteId = sites[0]?.id ?? '';
});
afterAll(() => stage.close());

const viewCone = { bearingDegrees: 0, angleDegrees: 60, rangeMetres: 50 };
const create = (name: string) =>
  administrator.get(cameraSchema, 'POST', '/api/cameras', {
    siteId,
    name,
    section: 'Entrances',
    position: testPosition,
    viewCone,
  });
const list = () => administrator.get(routes.listSiteCameras.response, 'GET', `/api/sites/${siteId}/cameras`);
const confirm = (cameraIds: string[], site = siteId) =>
  administrator.call('POST', `/api/sites/${site}/camera-confirmations`, { cameraIds });

it('shows a new camera to nobody and lets nobody work with it before the agency has confirmed it', async () => {
  const { id } = await create('New gate');
  const dispatcher = await stage.signIn('dispatcher');
  const isListed = async () =>
    (await dispatcher.get(routes.listCameras.response, 'GET', '/api/cameras')).cameras.some((one) => one.id === id);
  const near = `/api/cameras/near?latitude=${testPosition.latitude}&longitude=${testPosition.longitude}&limit=50`;
  const window = { from: '2026-01-05T10:00:00.000Z', to: '2026-01-05T11:00:00.000Z' };
  const shape = { kind: 'point', point: testPosition, radiusMetres: 250 };
  const isSource = async () =>
    JSON.stringify((await dispatcher.call('POST', '/api/search', { shape, window })).body).includes(id);
  const isNear = async () => JSON.stringify((await dispatcher.call('GET', near)).body).includes(id);
  const incidentId = await seedTestIncident(stage.db, { agencyId: stage.agencyId });
  const wish = { incidentId, purpose: 'violentCrime', cameraIds: [id] };
  const add = () => dispatcher.call('PATCH', `/api/incidents/${incidentId}`, { cameraIds: [id] });

  expect(await isListed()).toBe(false);
  expect(await isNear()).toBe(false);
  expect(await isSource()).toBe(false);
  expect((await dispatcher.call('POST', '/api/grants', wish)).status).toBe(404);
  expect((await add()).status).toBe(404);
  expect((await list()).cameras.find((one) => one.id === id)).toMatchObject({
    section: 'Entrances',
    confirmedAt: null,
  });

  expect((await confirm([id])).status).toBe(200);
  expect(await isListed()).toBe(true);
  expect(await isNear()).toBe(true);
  expect(await isSource()).toBe(true);
  await dispatcher.get(grantSchema, 'POST', '/api/grants', wish);
  expect((await add()).status).toBe(200);
  const [line] = await stage.audit('camera.confirmed');
  expect(line).toMatchObject({ outcome: 'done', targetId: siteId, details: { cameraIds: [id] } });
});

it('tells those who show cameras once of all that were confirmed, and before that nothing of them', async () => {
  const ids = (await Promise.all(['Ramp', 'Gate 2', 'Gate 3'].map(create))).map(({ id }) => id);
  const browser = await (await stage.signIn('dispatcher')).connect();
  expect((await confirm(ids)).status).toBe(200);
  await browser.heard('cameras:changed');
  expect(browser.notifications('cameras:changed')).toHaveLength(1);
  const told = [...browser.notifications('camera:healthChanged'), ...browser.notifications('camera:sharingChanged')];
  expect(told.filter(({ cameraId }) => ids.includes(cameraId))).toEqual([]);
});

it('keeps the first moment of a confirmation', async () => {
  const { id } = await create('Yard');
  await confirm([id]);
  const momentOf = async () => (await list()).cameras.find((one) => one.id === id)?.confirmedAt;
  const first = await momentOf();
  expect(first).not.toBeNull();
  expect((await confirm([id, id])).status).toBe(200);
  expect(await momentOf()).toBe(first);
});

it('confirms none when one of them is of another site, of another agency, or none at all', async () => {
  const { id } = await create('Roof');
  const elsewhere = await seedTestCamera(stage.db, {
    agencyId: stage.agencyId,
    siteId: await seedTestSite(stage.db, stage.agencyId),
  });
  const other = await seedTestAgency(stage.db, 'Other');
  const foreign = await seedTestCamera(stage.db, { agencyId: other, siteId: await seedTestSite(stage.db, other) });
  for (const wrong of [elsewhere.id, foreign.id, newId()]) {
    expect((await confirm([id, wrong])).status).toBe(404);
  }
  expect((await list()).cameras.find((one) => one.id === id)?.confirmedAt).toBeNull();
  expect((await confirm([])).status).toBe(400);
});

it('notes what the line of a site carries, and nothing of what was not said', async () => {
  const change = (body: object) => administrator.call('PATCH', `/api/sites/${siteId}`, body);
  expect((await change({ uplinkKilobitsPerSecond: 50_000 })).status).toBe(200);
  expect((await list()).uplinkKilobitsPerSecond).toBe(50_000);
  const site = siteSchema.parse((await change({ isResidential: false })).body);
  expect(site.isResidential).toBe(false);
  expect((await change({})).status).toBe(400);
  expect((await list()).uplinkKilobitsPerSecond).toBe(50_000);
  for (const wrong of [0, -1, 1.5, 1e9, '50'])
    expect((await change({ uplinkKilobitsPerSecond: wrong })).status).toBe(400);
  expect((await change({ uplinkKilobitsPerSecond: null })).status).toBe(200);
  expect((await list()).uplinkKilobitsPerSecond).toBeNull();
});

it('asks the relay how it is', async () => {
  const path = `/api/relays/${stage.relay.relayId}/health`;
  const health = await administrator.get(routes.readRelayHealth.response, 'GET', path);
  expect(health.machine.cores).toBeGreaterThan(0);
  expect((await (await stage.signIn('supervisor')).call('GET', path)).status).toBe(403);
});

it('gives a new record the mode that its relay tells of cameras which no document names, and tells nobody of a change', async () => {
  const browser = await (await stage.signIn('dispatcher')).connect();
  const told = { ownerKeys: [], inForce: null, modes: {}, awaitingOwner: [] };
  await stage.relay.ask('sharing:tell', { ...told, state: 'damaged', others: 'off' });
  const { id, sharingMode } = await create('Stairs');
  expect(sharingMode).toBe('off');
  await stage.relay.ask('sharing:tell', { ...told, state: 'unpaired', others: 'always' });
  expect((await list()).cameras.find((one) => one.id === id)?.sharingMode).toBe('always');
  await confirm([id]);
  await browser.heard('cameras:changed');
  expect(browser.notifications('camera:sharingChanged').some(({ cameraId }) => cameraId === id)).toBe(false);
});
