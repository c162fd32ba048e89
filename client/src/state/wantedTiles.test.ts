import type { Layout } from '@commonsight/types/layout';
import type { Tile, Wall } from '@commonsight/types/wall';
import { describe, expect, it } from 'vitest';
import { aCamera, aGrant, aTile, aWall } from '../testing/records.ts';
import { chooseStream, wantedTiles, type WantedTilesInput } from './wantedTiles.ts';

const noonMs = Date.parse('2026-01-05T10:30:00.000Z');

interface Situation {
  wall?: Partial<Wall>;
  layout?: Layout;
  tiles?: Tile[];
  change?: Partial<WantedTilesInput>;
}

function wanted({ wall, layout = '4', tiles = [aTile()], change = {} }: Situation = {}) {
  const screen = { number: 1, layout, tiles };
  return wantedTiles({
    wall: aWall({ screens: [screen], ...wall }),
    screen,
    maximisedTileId: null,
    cameras: new Map([['camera-1', aCamera()]]),
    grants: { byId: new Map() },
    serverNowMs: noonMs,
    ...change,
  });
}

describe('wantedTiles', () => {
  it('opens a tile for its own incident, else for the one of the wall', () => {
    const tiles = [aTile({ incidentId: 'incident-2' }), aTile({ id: 'tile-2', slot: 2 })];
    expect(wanted({ wall: { incidentId: 'incident-1' }, tiles }).map((tile) => tile.incidentId)).toEqual([
      'incident-2',
      'incident-1',
    ]);
  });

  it('opens a tile without an incident under a grant that runs, and otherwise leaves it to be asked for', () => {
    const grants = (change: object) => ({ change: { grants: { byId: new Map([['grant-1', aGrant(change)]]) } } });
    expect(wanted()[0]?.incidentId).toBeNull();
    expect(wanted(grants({}))[0]?.incidentId).toBe('incident-1');
    expect(wanted(grants({ endsAt: '2026-01-05T10:15:00.000Z' }))[0]?.incidentId).toBeNull();
    expect(wanted(grants({ endedAt: '2026-01-05T10:05:00.000Z' }))[0]?.incidentId).toBeNull();
    expect(wanted(grants({ cameraIds: ['camera-2'] }))[0]?.incidentId).toBeNull();
  });

  it('leaves a tile with its incident, whatever other grants cover the camera', () => {
    const grants = { byId: new Map([['grant-1', aGrant()]]) };
    expect(wanted({ wall: { incidentId: 'incident-2' }, change: { grants } })[0]?.incidentId).toBe('incident-2');
  });

  it('WAL4: knows the tiles that a smaller layout hides, and hides them', () => {
    const tiles = [aTile(), aTile({ id: 'tile-9', slot: 9 })];
    expect(wanted({ tiles }).map((tile) => tile.isShown)).toEqual([true, false]);
    expect(wanted({ tiles, layout: '9' }).map((tile) => tile.isShown)).toEqual([true, true]);
  });

  it('hides what a maximised tile covers and shows that one large', () => {
    const tiles = [aTile(), aTile({ id: 'tile-2', slot: 2 })];
    const [first, second] = wanted({ tiles, change: { maximisedTileId: 'tile-2' } });
    expect(first).toMatchObject({ isShown: false, stream: 'sub' });
    expect(second).toMatchObject({ isShown: true, stream: 'main' });
  });
});

describe('chooseStream', () => {
  const camera = aCamera();

  it('takes the main stream where the tile is large', () => {
    expect(chooseStream(camera, '1', 1, false)).toBe('main');
    expect(chooseStream(camera, '1+5', 1, false)).toBe('main');
    expect(chooseStream(camera, '1+5', 2, false)).toBe('sub');
    expect(chooseStream(camera, '4', 1, false)).toBe('sub');
    expect(chooseStream(camera, '16', 3, true)).toBe('main');
  });

  it('takes what a camera with one stream offers', () => {
    const mainOnly = aCamera({ streams: camera.streams.filter((stream) => stream.kind === 'main') });
    expect(chooseStream(mainOnly, '16', 1, false)).toBe('main');
    expect(chooseStream(undefined, '16', 1, false)).toBe('sub');
  });
});
