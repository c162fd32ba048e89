import { layoutSlots, type Layout } from '@commonsight/types/layout';
import type { Screen, Tile } from '@commonsight/types/wall';
import { CodedError } from '../errors.ts';
import { findTile, placeOf, type TileChange, type WallPatch } from './WallPatch.ts';

const maximumScreens = 8;

/**
 * What each operation would change on the given screens. Pure: nothing is stored and nothing is told. An operation
 * that changes nothing gives an empty patch; one that cannot be done throws a `CodedError`.
 */
export function planAssign(
  screens: readonly Screen[],
  assign: { screen: number; slot: number; cameraId: string; incidentId: string | null; tileId: string },
): WallPatch {
  const screen = requireScreen(screens, assign.screen);
  requireVisibleSlot(screen, assign.slot);
  const { tileId, ...place } = assign;
  const there = tileAt(screen, assign.slot);
  if (there?.cameraId === assign.cameraId && there.incidentId === assign.incidentId) return { tiles: [], layouts: [] };
  return {
    tiles: [...(there === null ? [] : [removal(screen, there)]), { tileId, before: null, after: place }],
    layouts: [],
  };
}

export function planMove(
  screens: readonly Screen[],
  move: { tileId: string; toScreen: number; toSlot: number },
): WallPatch {
  const from = requireTile(screens, move.tileId);
  const target = requireScreen(screens, move.toScreen);
  requireVisibleSlot(target, move.toSlot);
  const before = placeOf(from.screen.number, from.tile);
  if (before.screen === target.number && before.slot === move.toSlot) return { tiles: [], layouts: [] };
  const tiles: TileChange[] = [
    { tileId: from.tile.id, before, after: { ...before, screen: target.number, slot: move.toSlot } },
  ];
  const there = tileAt(target, move.toSlot);
  if (there !== null) {
    const place = placeOf(target.number, there);
    tiles.push({ tileId: there.id, before: place, after: { ...place, screen: before.screen, slot: before.slot } });
  }
  return { tiles, layouts: [] };
}

export function planClear(screens: readonly Screen[], clear: { tileId: string }): WallPatch {
  const { screen, tile } = requireTile(screens, clear.tileId);
  return { tiles: [removal(screen, tile)], layouts: [] };
}

/** Tiles beyond the new layout's slots stay where they are, hidden. */
export function planLayout(screens: readonly Screen[], set: { screen: number; layout: Layout }): WallPatch {
  const screen = requireScreen(screens, set.screen);
  if (screen.layout === set.layout) return { tiles: [], layouts: [] };
  return { tiles: [], layouts: [{ screen: screen.number, before: screen.layout, after: set.layout }] };
}

export function planScreen(screens: readonly Screen[], add: { layout: Layout }): { patch: WallPatch; screen: number } {
  const taken = new Set(screens.map((candidate) => candidate.number));
  let screen = 1;
  while (taken.has(screen)) screen += 1;
  if (screen > maximumScreens) throw new CodedError('conflict', `A wall has at most ${maximumScreens} screens.`);
  return { patch: { tiles: [], layouts: [{ screen, before: null, after: add.layout }] }, screen };
}

/**
 * Cameras that the screen shows keep their tiles, which join the incident's group; the others take the next free
 * slots, as far as these go.
 */
export function planDock(
  screens: readonly Screen[],
  dock: { screen: number; incidentId: string; cameraIds: readonly string[]; newTileId: () => string },
): WallPatch {
  const screen = requireScreen(screens, dock.screen);
  const slots = layoutSlots[screen.layout];
  const visible = screen.tiles.filter((tile) => tile.slot <= slots);
  const taken = new Set(visible.map((tile) => tile.slot));
  const free = Array.from({ length: slots }, (_, index) => index + 1).filter((slot) => !taken.has(slot));
  const tiles: TileChange[] = [];
  let isFull = false;
  for (const cameraId of new Set(dock.cameraIds)) {
    const shown = visible.filter((tile) => tile.cameraId === cameraId);
    if (shown.length > 0) {
      for (const tile of shown.filter((candidate) => candidate.incidentId !== dock.incidentId)) {
        const before = placeOf(screen.number, tile);
        tiles.push({ tileId: tile.id, before, after: { ...before, incidentId: dock.incidentId } });
      }
      continue;
    }
    const slot = free.shift();
    if (slot === undefined) {
      isFull = true;
      continue;
    }
    const after = { screen: screen.number, slot, cameraId, incidentId: dock.incidentId };
    tiles.push({ tileId: dock.newTileId(), before: null, after });
  }
  if (tiles.length === 0 && isFull) {
    throw new CodedError('conflict', 'No tile is free on this screen. Clear one or choose a larger layout.');
  }
  return { tiles, layouts: [] };
}

function requireScreen(screens: readonly Screen[], number: number): Screen {
  const screen = screens.find((candidate) => candidate.number === number);
  if (screen === undefined) throw new CodedError('notFound', `The wall has no screen ${number}.`);
  return screen;
}

function requireTile(screens: readonly Screen[], tileId: string): { screen: Screen; tile: Tile } {
  const found = findTile(screens, tileId);
  if (found === null) throw new CodedError('notFound', 'The tile is no longer on the wall.');
  return found;
}

/** A slot that the layout hides takes nothing: what was put there would vanish from sight. */
function requireVisibleSlot(screen: Screen, slot: number): void {
  if (slot > layoutSlots[screen.layout]) {
    throw new CodedError('conflict', `The layout of screen ${screen.number} has no tile ${slot}.`);
  }
}

function tileAt(screen: Screen, slot: number): Tile | null {
  return screen.tiles.find((tile) => tile.slot === slot) ?? null;
}

function removal(screen: Screen, tile: Tile): TileChange {
  return { tileId: tile.id, before: placeOf(screen.number, tile), after: null };
}
