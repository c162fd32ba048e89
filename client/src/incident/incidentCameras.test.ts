import type { Camera } from '@commonsight/types/camera';
import type { StreamHealth } from '@commonsight/types/health';
import type { Incident } from '@commonsight/types/incident';
import type { Screen, Tile, Wall } from '@commonsight/types/wall';
import { describe, expect, test } from 'vitest';
import { countMarks, freeSlots, groupTiles, planDocking } from './incidentCameras.ts';

const since = '2026-01-01T00:00:00.000Z';
const live: StreamHealth = { state: 'live', since, width: 640, height: 360, framesPerSecond: 30 };

function camera(id: string, health: StreamHealth): [string, Camera] {
  return [
    id,
    {
      id,
      siteId: 'site',
      siteName: 'Market District',
      number: 1,
      name: id,
      position: { latitude: 43.04, longitude: -87.91 },
      viewCone: { bearingDegrees: 0, angleDegrees: 70, rangeMetres: 60 },
      sharingMode: 'always',
      streams: [{ id: `${id}-sub`, kind: 'sub', health }],
      watchers: [],
    },
  ];
}

const cameras = new Map([
  camera('a', live),
  camera('b', { state: 'idle' }),
  camera('c', { state: 'relayOffline', since }),
  camera('d', live),
]);

const incident: Incident = {
  id: 'robbery',
  number: 2041,
  title: 'Robbery',
  priority: 1,
  position: { latitude: 43.04, longitude: -87.91 },
  isTraining: true,
  openedAt: since,
  closedAt: null,
  disposition: null,
  cameraIds: [],
  revision: 0,
};

const tile = (slot: number, cameraId: string, incidentId: string | null = null): Tile => ({
  id: `tile-${String(slot)}`,
  slot,
  cameraId,
  incidentId,
});
const screen = (layout: Screen['layout'], ...tiles: Tile[]): Screen => ({ number: 1, layout, tiles });

test('cameras are counted by health, unknown ones left out', () => {
  expect(countMarks(['a', 'c', 'd', 'gone'], cameras)).toEqual([
    { mark: 'live', count: 2 },
    { mark: 'off', count: 1 },
  ]);
});

describe('the tile group', () => {
  const wall = (incidentId: string | null, ...screens: Screen[]): Wall => ({
    id: 'wall',
    name: 'Downtown',
    incidentId,
    revision: 1,
    screens,
  });

  test('holds the tiles put into it, in slot order', () => {
    const tiles = groupTiles(
      wall(null, screen('4', tile(3, 'a', 'robbery'), tile(1, 'b', 'robbery'), tile(2, 'c'))),
      'robbery',
    );
    expect(tiles.map((item) => item.tile.slot)).toEqual([1, 3]);
  });

  test('of the wall’s own incident holds every tile without another incident', () => {
    const tiles = groupTiles(wall('robbery', screen('4', tile(1, 'a'), tile(2, 'b', 'crash'))), 'robbery');
    expect(tiles.map((item) => item.tile.cameraId)).toEqual(['a']);
  });

  test('says which tiles the layout hides (WAL4)', () => {
    const [shown, hidden] = groupTiles(wall('robbery', screen('4', tile(1, 'a'), tile(9, 'b'))), 'robbery');
    expect([shown?.isHidden, hidden?.isHidden]).toEqual([false, true]);
  });
});

describe('showing the cameras', () => {
  const near = ['c', 'b', 'a', 'd'];

  test('the incident’s own cameras come first', () => {
    expect(planDocking({ ...incident, cameraIds: ['a', 'c'] }, near, null, screen('4'), cameras)).toEqual({
      cameraIds: ['a', 'c'],
      source: 'incident',
    });
  });

  test('then the nearest that could show a picture', () => {
    const shown = screen('4', tile(1, 'a', 'robbery'));
    expect(planDocking({ ...incident, cameraIds: ['a'] }, near, null, shown, cameras)).toEqual({
      cameraIds: ['b', 'd'],
      source: 'nearest',
    });
  });

  test('the nearest whose owner shares no live picture are left out', () => {
    const shown = screen('4', tile(1, 'a', 'robbery'));
    const [, b] = camera('b', { state: 'idle' });
    const known = new Map([...cameras, ['b', { ...b, sharingMode: 'off' as const }] as const]);
    const plan = planDocking({ ...incident, cameraIds: ['a'] }, near, null, shown, known);
    expect(plan?.cameraIds).toEqual(['d']);
  });

  test('never more than there are free slots', () => {
    const shown = screen('4', tile(1, 'x'), tile(2, 'y'), tile(3, 'z'));
    expect(planDocking({ ...incident, cameraIds: ['a', 'b'] }, near, null, shown, cameras)?.cameraIds).toEqual(['a']);
    expect(freeSlots(shown)).toBe(1);
  });

  test('a camera that is on the full screen keeps its tile and joins the group', () => {
    const shown = screen('1', tile(1, 'a'));
    expect(planDocking({ ...incident, cameraIds: ['a', 'b'] }, near, null, shown, cameras)?.cameraIds).toEqual(['a']);
  });

  test('the nearest are not taken from another incident', () => {
    const shown = screen('4', tile(1, 'b', 'crash'), tile(2, 'd'));
    expect(planDocking(incident, near, null, shown, cameras)?.cameraIds).toEqual(['a', 'd']);
    expect(planDocking(incident, near, 'crash', shown, cameras)?.cameraIds).toEqual(['a']);
  });

  test('nothing when no slot is free', () => {
    expect(
      planDocking({ ...incident, cameraIds: ['b'] }, ['d'], null, screen('1', tile(1, 'a', 'robbery')), cameras),
    ).toBeNull();
  });
});
