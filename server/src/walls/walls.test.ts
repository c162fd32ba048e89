import { wallSchema } from '@commonsight/types/wall';
import { createClient } from 'redis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { Stage, type StageUser } from '../signaling/testing/Stage.ts';
import type { TestBrowser } from '../signaling/testing/TestBrowser.ts';
import { until } from '../testing/until.ts';

describe('a wall', () => {
  let stage: Stage;
  let user: StageUser;
  let first: TestBrowser;
  let second: TestBrowser;
  let wallId: string;

  beforeAll(async () => {
    stage = await Stage.create();
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    user = await stage.signIn('dispatcher');
    const other = await stage.signIn('analyst');
    first = await user.connect();
    second = await other.connect();
    const wall = { name: `Wall ${newId()}`, layout: '4', incidentId: stage.incidentId };
    wallId = (await user.get(wallSchema, 'POST', '/api/walls', wall)).id;
    await first.get('wall:join', { wallId, screen: 1 });
    await second.get('wall:join', { wallId, screen: null });
  });

  const assign = (slot: number, browser = first) =>
    browser.get('wall:assignTile', { wallId, screen: 1, slot, cameraId: cameraId(slot), incidentId: null });
  const cameraId = (index: number) => stage.cameras[index % stage.cameras.length]?.id ?? '';
  const read = async () => (await second.get('wall:join', { wallId, screen: null })).wall;

  it('WAL1 tells everybody of each change, its author included, and its line comes first', async () => {
    expect(await assign(2)).toEqual({ revision: 1 });
    for (const browser of [first, second]) {
      const told = await browser.heard('wall:changed', ({ revision }) => revision === 1);
      expect(told).toMatchObject({
        act: 'tileAssigned',
        by: { id: user.actor.userId },
        screens: [{ number: 1, tiles: [{ slot: 2, cameraId: cameraId(2) }] }],
      });
    }
    const lines = (await stage.audit('wall.changed')).filter((line) => line.targetId === wallId);
    expect(lines).toMatchObject([{ actorId: user.actor.userId, details: { act: 'tileAssigned', slot: 2 } }]);
    // What changes nothing is no change.
    expect(await assign(2)).toEqual({ revision: 1 });
  });

  it('WAL1 gives changes of many at once one revision each', async () => {
    const { screen } = await first.get('wall:addScreen', { wallId, layout: '16' });
    expect(screen).toBe(2);
    await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        (index % 2 === 0 ? first : second).get('wall:assignTile', {
          wallId,
          screen,
          slot: index + 1,
          cameraId: cameraId(index),
          incidentId: null,
        }),
      ),
    );
    await until(() => second.notifications('wall:changed').length === 17);
    expect(second.notifications('wall:changed').map((told) => told.revision)).toEqual(
      Array.from({ length: 17 }, (_, index) => index + 1),
    );
    const wall = await read();
    expect(wall.revision).toBe(17);
    expect(wall.screens[1]?.tiles).toHaveLength(16);
    expect(second.notifications('wall:changed').at(-1)?.screens).toEqual([wall.screens[1]]);
  });

  it('WAL5 takes an empty screen away again and tells everybody so', async () => {
    await first.get('wall:addScreen', { wallId, layout: '9' });
    expect(await first.get('wall:undo', { wallId })).toEqual({ revision: 2, undone: 'screenAdded' });
    const told = await second.heard('wall:changed', ({ revision }) => revision === 2);
    expect(told).toMatchObject({ act: 'undone', screens: [], removedScreens: [2] });
    expect((await read()).screens.map((screen) => screen.number)).toEqual([1]);
    expect(await first.get('wall:addScreen', { wallId, layout: '4' })).toEqual({ revision: 3, screen: 2 });
    await first.get('wall:assignTile', { wallId, screen: 2, slot: 1, cameraId: cameraId(0), incidentId: null });
    await second.get('wall:clearTile', { wallId, tileId: (await read()).screens[1]?.tiles[0]?.id ?? '' });
    // The tile does not stand any more, and the screen is empty again.
    expect(await first.get('wall:undo', { wallId })).toMatchObject({ undone: 'screenAdded' });
    expect(await second.refusal('wall:undo', { wallId })).toBe('conflict');
  });

  it('WAL3 WAL4 WAL5 moves, hides and takes back, each user their own', async () => {
    await assign(1);
    await assign(2, second);
    const before = await read();
    const [one, two] = before.screens[0]?.tiles ?? [];
    await first.get('wall:moveTile', { wallId, tileId: one?.id ?? '', toScreen: 1, toSlot: 2 });
    expect((await read()).screens[0]?.tiles.map((tile) => tile.id)).toEqual([two?.id, one?.id]);
    await first.get('wall:setLayout', { wallId, screen: 1, layout: '1' });
    expect((await read()).screens[0]?.tiles).toHaveLength(2);

    expect(await first.get('wall:undo', { wallId })).toEqual({ revision: 5, undone: 'layoutSet' });
    expect(await first.get('wall:undo', { wallId })).toEqual({ revision: 6, undone: 'tileMoved' });
    expect((await read()).screens).toEqual(before.screens);
    expect(await first.get('wall:undo', { wallId })).toEqual({ revision: 7, undone: 'tileAssigned' });
    expect(await first.refusal('wall:undo', { wallId })).toBe('conflict');
    expect((await read()).screens[0]?.tiles.map((tile) => tile.id)).toEqual([two?.id]);
    await first.get('wall:clearTile', { wallId, tileId: two?.id ?? '' });
    expect(await second.refusal('wall:undo', { wallId })).toBe('conflict');
    expect(await first.refusal('wall:clearTile', { wallId, tileId: two?.id ?? '' })).toBe('notFound');
  });

  it('docks cameras with an incident, which gets them too', async () => {
    const cameraIds = stage.cameras.map((camera) => camera.id);
    await first.get('wall:dockCameras', { wallId, screen: 1, incidentId: stage.incidentId, cameraIds });
    expect((await read()).screens[0]?.tiles.map((tile) => [tile.slot, tile.incidentId])).toEqual([
      [1, stage.incidentId],
      [2, stage.incidentId],
      [3, stage.incidentId],
    ]);
    await second.heard('incident:changed', ({ incident }) => incident.cameraIds.length === 3);
    expect(await first.refusal('wall:dockCameras', { wallId, screen: 1, incidentId: newId(), cameraIds })).toBe(
      'notFound',
    );
  });

  it('refuses what does not exist, and who may not', async () => {
    const there = { wallId, screen: 1, slot: 1, cameraId: cameraId(1), incidentId: null };
    expect(await first.refusal('wall:assignTile', { ...there, cameraId: newId() })).toBe('notFound');
    expect(await first.refusal('wall:assignTile', { ...there, incidentId: newId() })).toBe('notFound');
    expect(await first.refusal('wall:assignTile', { ...there, screen: 5 })).toBe('notFound');
    expect(await first.refusal('wall:assignTile', { ...there, slot: 9 })).toBe('conflict');
    expect(await first.refusal('wall:moveTile', { wallId, tileId: newId(), toScreen: 1, toSlot: 1 })).toBe('notFound');
    const administrator = await (await stage.signIn('administrator')).connect();
    expect(await administrator.refusal('wall:assignTile', there)).toBe('notPermitted');
    await administrator.get('wall:join', { wallId, screen: null });
    expect((await read()).revision).toBe(0);
  });

  it('tells which screens are open where', async () => {
    await first.heard('wall:presenceChanged', ({ present }) => present.length === 2);
    await second.get('wall:join', { wallId, screen: 1 });
    await first.heard('wall:presenceChanged', ({ present }) => present.every((entry) => entry.screen === 1));
    second.close();
    await until(() => first.notifications('wall:presenceChanged').at(-1)?.present.length === 1);
    await first.get('wall:leave', { wallId });
    const heard = first.notifications('wall:presenceChanged').length;
    const late = await user.connect();
    await late.get('wall:join', { wallId, screen: 2 });
    expect((await late.heard('wall:presenceChanged')).present).toEqual([
      { user: { id: user.actor.userId, name: user.actor.name, role: 'dispatcher' }, screen: 2 },
    ]);
    expect(first.notifications('wall:presenceChanged')).toHaveLength(heard);
  });

  it('WAL6 has its live copy in Redis, which can be emptied, killed and stale', async () => {
    await assign(1);
    const redis = createClient({ url: stage.redis.url });
    redis.on('error', () => undefined);
    await redis.connect();
    const key = `wall:${wallId}`;
    const copy = await redis.get(key);
    expect(JSON.parse(copy ?? '{}')).toMatchObject({ id: wallId, revision: 1 });

    await redis.flushAll();
    expect((await read()).revision).toBe(1);
    expect(await redis.get(key)).toBe(copy);

    await stage.redis.kill();
    await assign(2);
    expect((await read()).revision).toBe(2);
    expect(await first.refusal('wall:undo', { wallId })).toBe('conflict');
    await first.get('wall:join', { wallId, screen: 1 });

    await stage.redis.start();
    // As if Redis had come back with what it had saved before.
    await until(() => redis.set(key, copy ?? '').catch(() => null));
    await until(() => isServersRedisReady(stage));
    expect((await read()).revision).toBe(2);
    await assign(3);
    await until(async () => JSON.parse((await redis.get(key)) ?? '{}').revision === 3);
    expect((await first.get('wall:undo', { wallId })).undone).toBe('tileAssigned');
    redis.destroy();
  });
});

async function isServersRedisReady(stage: Stage): Promise<boolean> {
  const health = (await (await fetch(`${stage.url}/api/health`)).json()) as { redis: string };
  return health.redis === 'up';
}
