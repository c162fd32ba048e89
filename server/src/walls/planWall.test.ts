import { layoutSchema, layoutSlots } from '@commonsight/types/layout';
import type { Screen } from '@commonsight/types/wall';
import { array, assert, constantFrom, integer, nat, property, record, type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { planAssign, planClear, planDock, planLayout, planMove, planScreen } from './planWall.ts';
import { applyPatch, isEmptyPatch, touchedScreens, undoPatch, type WallPatch } from './WallPatch.ts';

const cameraIds = Array.from({ length: 6 }, () => newId());
const incidentIds = [null, newId(), newId()];

/** What a user might ask for next; numbers are taken modulo what there is. */
const operationArbitrary = record({
  kind: constantFrom('assign', 'move', 'clear', 'layout', 'screen', 'dock'),
  screen: nat(7),
  slot: integer({ min: 1, max: 16 }),
  tile: nat(40),
  camera: nat(5),
  incident: nat(2),
  layout: constantFrom(...layoutSchema.options),
});

type Operation = typeof operationArbitrary extends Arbitrary<infer T> ? T : never;

function plan(screens: readonly Screen[], operation: Operation): WallPatch | null {
  const screen = screens[operation.screen % screens.length]?.number ?? 1;
  const tiles = screens.flatMap((candidate) => candidate.tiles);
  const tileId = tiles[operation.tile % Math.max(1, tiles.length)]?.id ?? newId();
  const cameraId = cameraIds[operation.camera] ?? newId();
  const incidentId = incidentIds[operation.incident] ?? null;
  try {
    switch (operation.kind) {
      case 'assign':
        return planAssign(screens, { screen, slot: operation.slot, cameraId, incidentId, tileId: newId() });
      case 'move':
        return planMove(screens, { tileId, toScreen: screen, toSlot: operation.slot });
      case 'clear':
        return planClear(screens, { tileId });
      case 'layout':
        return planLayout(screens, { screen, layout: operation.layout });
      case 'screen':
        return planScreen(screens, operation).patch;
      case 'dock':
        break;
    }
    const dock = { screen, incidentId: incidentId ?? newId(), cameraIds: cameraIds.slice(operation.camera) };
    return planDock(screens, { ...dock, newTileId: newId });
  } catch {
    return null;
  }
}

const emptyWall: Screen[] = [{ number: 1, layout: '4', tiles: [] }];

function assertWellFormed(screens: readonly Screen[]): void {
  const ids = screens.flatMap((screen) => screen.tiles.map((tile) => tile.id));
  expect(new Set(ids).size).toBe(ids.length);
  for (const screen of screens) {
    const slots = screen.tiles.map((tile) => tile.slot);
    expect(new Set(slots).size).toBe(slots.length);
    expect(slots).toEqual([...slots].sort((a, b) => a - b));
  }
}

describe('wall operations', () => {
  it('WAL1 lets a client that applies every notification hold the same wall as the server', () => {
    assert(
      property(array(operationArbitrary, { maxLength: 60 }), (operations) => {
        let server = emptyWall;
        let first = emptyWall;
        let late: Screen[] | null = null;
        for (const [index, operation] of operations.entries()) {
          const patch = plan(server, operation);
          if (patch === null || isEmptyPatch(patch)) continue;
          server = applyPatch(server, patch);
          assertWellFormed(server);
          const touched = touchedScreens(patch);
          const told = server.filter((screen) => touched.includes(screen.number));
          first = replaceScreens(first, told);
          late = index === 20 ? server : late && replaceScreens(late, told);
        }
        expect(first).toEqual(server);
        expect(late ?? server).toEqual(server);
      }),
    );
  });

  it('WAL5 takes a change back exactly, whatever stood before', () => {
    assert(
      property(array(operationArbitrary, { minLength: 1, maxLength: 30 }), (operations) => {
        let screens = emptyWall;
        for (const operation of operations) {
          const patch = plan(screens, operation);
          if (patch === null || isEmptyPatch(patch)) continue;
          const after = applyPatch(screens, patch);
          const undo = undoPatch(after, patch);
          expect(undo === null ? null : applyPatch(after, undo)).toEqual(screens);
          screens = after;
        }
      }),
    );
  });

  it('WAL5 never takes back what does not stand any more, and never overwrites what came since', () => {
    assert(
      property(operationArbitrary, array(operationArbitrary, { minLength: 1, maxLength: 20 }), (own, others) => {
        let screens = [
          { number: 1, layout: '16' as const, tiles: [] },
          { number: 2, layout: '4' as const, tiles: [] },
        ] as Screen[];
        for (const operation of others) screens = step(screens, operation);
        const patch = plan(screens, own);
        if (patch === null) return;
        screens = applyPatch(screens, patch);
        for (const operation of others) screens = step(screens, operation);
        const undo = undoPatch(screens, patch);
        if (undo === null) return;
        const undone = applyPatch(screens, undo);
        assertWellFormed(undone);
        const touched = new Set(patch.tiles.map((change) => change.tileId));
        const untouched = (all: Screen[]) =>
          all
            .flatMap((screen) => screen.tiles.map((tile) => ({ ...tile, screen: screen.number })))
            .filter((tile) => !touched.has(tile.id));
        expect(untouched(undone)).toEqual(untouched(screens));
      }),
    );
  });

  it('WAL5 takes a new screen back only while it is empty, and gives its number to the next one', () => {
    const { patch } = planScreen(emptyWall, { layout: '9' });
    const added = applyPatch(emptyWall, patch);
    const assign = { screen: 2, slot: 1, cameraId: newId(), incidentId: null, tileId: newId() };
    expect(undoPatch(applyPatch(added, planAssign(added, assign)), patch)).toBeNull();
    expect(undoPatch(applyPatch(added, planLayout(added, { screen: 2, layout: '1' })), patch)).toBeNull();
    const three = applyPatch(added, planScreen(added, { layout: '4' }).patch);
    const undo = undoPatch(three, patch);
    const gap = undo === null ? [] : applyPatch(three, undo);
    expect(gap.map((screen) => screen.number)).toEqual([1, 3]);
    expect(planScreen(gap, { layout: '4' }).screen).toBe(2);
    expect(undoPatch(gap, patch)).toBeNull();
  });

  it('WAL3 keeps the ids and swaps, also between screens', () => {
    const [a, b] = [newId(), newId()];
    const screens: Screen[] = [
      { number: 1, layout: '4', tiles: [{ id: a, slot: 2, cameraId: newId(), incidentId: null }] },
      { number: 2, layout: '9', tiles: [{ id: b, slot: 7, cameraId: newId(), incidentId: null }] },
    ];
    const moved = applyPatch(screens, planMove(screens, { tileId: a, toScreen: 2, toSlot: 7 }));
    expect(moved[0]?.tiles).toMatchObject([{ id: b, slot: 2 }]);
    expect(moved[1]?.tiles).toMatchObject([{ id: a, slot: 7 }]);
  });

  it('WAL4 hides tiles with a smaller layout and shows them again with a larger one', () => {
    const tiles = [1, 4, 9].map((slot) => ({ id: newId(), slot, cameraId: newId(), incidentId: null }));
    let screens: Screen[] = [{ number: 1, layout: '9', tiles }];
    screens = applyPatch(screens, planLayout(screens, { screen: 1, layout: '1' }));
    expect(screens[0]).toEqual({ number: 1, layout: '1', tiles });
    expect(() => planMove(screens, { tileId: tiles[0]?.id ?? '', toScreen: 1, toSlot: 5 })).toThrow('has no tile 5');
  });

  it('docks cameras into free slots, keeps tiles that are there, and refuses a full screen', () => {
    const incidentId = newId();
    const there = { id: newId(), slot: 2, cameraId: cameraIds[0] ?? '', incidentId: null };
    let screens: Screen[] = [{ number: 1, layout: '4', tiles: [there] }];
    const dock = { screen: 1, incidentId, cameraIds: cameraIds.slice(0, 3), newTileId: newId };
    screens = applyPatch(screens, planDock(screens, dock));
    expect(screens[0]?.tiles.map((tile) => [tile.slot, tile.cameraId])).toEqual([
      [1, cameraIds[1]],
      [2, cameraIds[0]],
      [3, cameraIds[2]],
    ]);
    expect(screens[0]?.tiles.every((tile) => tile.incidentId === incidentId)).toBe(true);
    expect(isEmptyPatch(planDock(screens, dock))).toBe(true);
    screens = applyPatch(screens, planDock(screens, { ...dock, cameraIds: cameraIds.slice(3) }));
    expect(screens[0]?.tiles).toHaveLength(layoutSlots['4']);
    expect(() => planDock(screens, { ...dock, cameraIds: [newId()] })).toThrow('No tile is free');
  });
});

function step(screens: Screen[], operation: Operation): Screen[] {
  const patch = plan(screens, operation);
  return patch === null ? screens : applyPatch(screens, patch);
}

/** What a client does with `wall:changed`. */
function replaceScreens(screens: Screen[], told: Screen[]): Screen[] {
  const numbers = new Set(told.map((screen) => screen.number));
  return [...screens.filter((screen) => !numbers.has(screen.number)), ...told].sort((a, b) => a.number - b.number);
}
