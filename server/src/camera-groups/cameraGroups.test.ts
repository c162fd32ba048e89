import { cameraGroupSchema } from '@commonsight/types/camera-group';
import { routes } from '@commonsight/types/http/routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import { seedTestAgency, seedTestCamera, seedTestSite, seedTestUser } from '../testing/seed.ts';
import { until } from '../testing/until.ts';

type Rule = { effect: 'allow' | 'deny'; role?: string; userId?: string; permissions?: string[] };

let stage: Stage;
let administrator: StageUser;

beforeAll(async () => {
  stage = await Stage.create();
  await stage.connectMedia();
  administrator = await stage.signIn('administrator');
});

afterAll(() => stage.close());

const toBody = (cameraIds: string[], rules: Rule[]) => ({
  name: 'Schools',
  cameraIds,
  rules: rules.map((rule) => ({ role: null, userId: null, permissions: ['camera.list', 'camera.view'], ...rule })),
});

function makeGroup(cameraIds: string[], rules: Rule[]) {
  return administrator.get(cameraGroupSchema, 'POST', '/api/camera-groups', toBody(cameraIds, rules));
}

const remove = (id: string) => administrator.call('DELETE', `/api/camera-groups/${id}`);

async function listed(user: StageUser): Promise<Set<string>> {
  const { cameras } = await user.get(routes.listCameras.response, 'GET', '/api/cameras');
  return new Set(cameras.map((camera) => camera.id));
}

const [one, two, three] = [0, 1, 2].map((index) => () => stage.cameras[index]?.id ?? '') as [
  () => string,
  () => string,
  () => string,
];

describe('camera groups', () => {
  it('let everybody to every camera until a rule is about them', async () => {
    const analyst = await stage.signIn('analyst');
    const group = await makeGroup([one()], [{ effect: 'allow', role: 'dispatcher' }]);
    expect(await listed(analyst)).toEqual(new Set([one(), two(), three()]));
    expect(await listed(await stage.signIn('dispatcher'))).toEqual(new Set([one()]));
    expect((await remove(group.id)).status).toBe(200);
  });

  it('a deny wins over an allow, in person or by role', async () => {
    const analyst = await stage.signIn('analyst');
    const { userId } = analyst.actor;
    const allowed = await makeGroup([one(), two()], [{ effect: 'allow', userId }]);
    const denied = await makeGroup([two()], [{ effect: 'deny', role: 'analyst' }]);
    expect(await listed(analyst)).toEqual(new Set([one()]));
    const others = await stage.signIn('analyst');
    expect(await listed(others)).toEqual(new Set([one(), three()]));
    for (const { id } of [allowed, denied]) await remove(id);
    expect(await listed(analyst)).toEqual(new Set([one(), two(), three()]));
  });

  it('hold in every way that leads to a camera: near, grant, wall, incident, picture', async () => {
    const { user, browser } = await stage.viewer('dispatcher');
    const wall = await user.get(routes.createWall.response, 'POST', '/api/walls', {
      name: 'W',
      layout: '4',
      incidentId: null,
    });
    const group = await makeGroup([two()], [{ effect: 'deny', userId: user.actor.userId }]);

    const near = await user.get(
      routes.nearCameras.response,
      'GET',
      '/api/cameras/near?latitude=43.04&longitude=-87.91&limit=50',
    );
    expect(near.cameras.map((camera) => camera.cameraId)).not.toContain(two());
    const granted = { incidentId: stage.incidentId, purpose: 'violentCrime', cameraIds: [two()] };
    expect((await user.call('POST', '/api/grants', granted)).status).toBe(403);
    const change = { cameraIds: [one(), two()] };
    expect((await user.call('PATCH', `/api/incidents/${stage.incidentId}`, change)).status).toBe(403);
    const place = { wallId: wall.id, screen: 1 };
    const assign = { ...place, slot: 1, cameraId: two(), incidentId: null };
    expect(await browser.refusal('wall:assignTile', assign)).toBe('notPermitted');
    const dock = { ...place, incidentId: stage.incidentId, cameraIds: [two()] };
    expect(await browser.refusal('wall:dockCameras', dock)).toBe('notPermitted');

    const { results } = await browser.get('consumer:create', { items: stage.items() });
    expect(results.map((result) => (result.ok ? 'shown' : result.error.code))).toEqual([
      'shown',
      'notPermitted',
      'shown',
    ]);
    const lines = await stage.audit('viewing.started');
    expect(lines).toContainEqual(
      expect.objectContaining({ outcome: 'refused', targetId: two(), actorId: user.actor.userId }),
    );
    // Somebody else’s tile of it stays where it is on the shared wall: the grid does not shrink.
    const other = await (await stage.signIn('supervisor')).connect();
    await other.get('wall:assignTile', { ...assign, slot: 2 });
    const { wall: seen } = await browser.get('wall:join', { wallId: wall.id, screen: 1 });
    expect(seen.screens[0]?.tiles).toMatchObject([{ slot: 2, cameraId: two() }]);
    await remove(group.id);
  });

  it('one that may be seen on the map and not watched is listed', async () => {
    const { user, browser } = await stage.viewer();
    const rule = { effect: 'deny' as const, userId: user.actor.userId, permissions: ['camera.view'] };
    const group = await makeGroup([two()], [rule]);
    expect(await listed(user)).toContain(two());
    const { results } = await browser.get('consumer:create', { items: stage.items() });
    expect(results.map((result) => result.ok)).toEqual([true, false, true]);
    await remove(group.id);
  });

  it('a change ends what it does not allow any more, and tells no more of it', async () => {
    const { user, browser } = await stage.viewer();
    await stage.view(browser);
    const group = await makeGroup([two()], [{ effect: 'deny', userId: user.actor.userId }]);
    const closed = await browser.heard('consumer:closed', (notification) => notification.cameraId === two());
    expect(closed.reason).toBe('grantEnded');

    const before = browser.told.length;
    const { browser: other } = await stage.viewer();
    await stage.view(other);
    const news = () => browser.told.slice(before).filter((entry) => entry.name === 'camera:watchersChanged');
    await until(() => news().length >= 2);
    await other.heard('camera:watchersChanged', (notification) => notification.cameraId === two());
    expect(news().map(({ notification }) => 'cameraId' in notification && notification.cameraId)).not.toContain(two());

    await administrator.call('PATCH', `/api/camera-groups/${group.id}`, toBody([], []));
    await until(async () => (await browser.ask('consumer:create', { items: stage.items([stage.cameras[1]!]) })).ok);
    await remove(group.id);
  });

  it('MSG6 take cameras and users of their own agency alone', async () => {
    const other = await seedTestAgency(stage.db, `Other ${newId()}`);
    const foreign = await seedTestCamera(stage.db, { agencyId: other, siteId: await seedTestSite(stage.db, other) });
    const stranger = await seedTestUser(stage.db, { agencyId: other, role: 'analyst' });
    const tries = [
      toBody([foreign.id], []),
      toBody([newId()], []),
      toBody([], [{ effect: 'deny', userId: stranger.userId }]),
      toBody([], [{ effect: 'deny', userId: newId() }]),
    ];
    for (const body of tries) expect((await administrator.call('POST', '/api/camera-groups', body)).status).toBe(404);
    expect((await administrator.call('POST', '/api/camera-groups', toBody([], [{ effect: 'deny' }]))).status).toBe(400);
    const group = await makeGroup([one()], []);
    const foreigner = await stage.signIn('administrator', other);
    expect((await foreigner.call('PATCH', `/api/camera-groups/${group.id}`, toBody([], []))).status).toBe(404);
    expect((await foreigner.call('DELETE', `/api/camera-groups/${group.id}`)).status).toBe(404);
    expect(await foreigner.call('GET', '/api/camera-groups')).toMatchObject({ body: { groups: [] } });
    await remove(group.id);
  });
});
