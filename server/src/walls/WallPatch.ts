import type { Layout } from '@commonsight/types/layout';
import type { Screen, Tile } from '@commonsight/types/wall';

/** Where a tile is and what it shows. Its id is kept apart, because it never changes. */
export interface TilePlace {
  screen: number;
  slot: number;
  cameraId: string;
  incidentId: string | null;
}

/** `before` null: the tile is new; `after` null: it goes. */
export interface TileChange {
  tileId: string;
  before: TilePlace | null;
  after: TilePlace | null;
}

/** `before` null: the screen is new; `after` null: it goes. */
export interface LayoutChange {
  screen: number;
  before: Layout | null;
  after: Layout | null;
}

/**
 * One change of a wall, with what it found and what it left. Because both are in it, it can be checked whether the
 * change still stands, and taken back without a history of whole walls.
 */
export interface WallPatch {
  tiles: TileChange[];
  layouts: LayoutChange[];
}

export function isEmptyPatch(patch: WallPatch): boolean {
  return patch.tiles.length === 0 && patch.layouts.length === 0;
}

/** The screens after the change; the given ones are left as they are. */
export function applyPatch(screens: readonly Screen[], patch: WallPatch): Screen[] {
  const layouts = new Map(patch.layouts.map((change) => [change.screen, change.after]));
  const changed = new Set(patch.tiles.map((change) => change.tileId));
  const result = screens
    .filter((screen) => layouts.get(screen.number) !== null)
    .map((screen) => ({
      ...screen,
      layout: layouts.get(screen.number) ?? screen.layout,
      tiles: screen.tiles.filter((tile) => !changed.has(tile.id)),
    }));
  for (const { screen, before, after } of patch.layouts) {
    if (before === null && after !== null) result.push({ number: screen, layout: after, tiles: [] });
  }
  for (const { tileId, after } of patch.tiles) {
    if (after === null) continue;
    const { screen: number, ...rest } = after;
    result.find((screen) => screen.number === number)?.tiles.push({ id: tileId, ...rest });
  }
  for (const screen of result) screen.tiles.sort((a, b) => a.slot - b.slot);
  return result.sort((a, b) => a.number - b.number);
}

/**
 * The change that takes `patch` back, or null when it does not stand any more: a tile has moved on, a layout has
 * changed again, somebody has put another tile where one would have to return to, or a new screen has got tiles.
 */
export function undoPatch(screens: readonly Screen[], patch: WallPatch): WallPatch | null {
  const moved = new Set(patch.tiles.map((change) => change.tileId));
  for (const { tileId, before, after } of patch.tiles) {
    const now = findPlace(screens, tileId);
    if (!isSamePlace(now, after)) return null;
    if (before === null) continue;
    const screen = screens.find((candidate) => candidate.number === before.screen);
    if (screen === undefined) return null;
    const inTheWay = screen.tiles.find((tile) => tile.slot === before.slot);
    if (inTheWay !== undefined && !moved.has(inTheWay.id)) return null;
  }
  const layouts: LayoutChange[] = [];
  for (const { screen: number, before, after } of patch.layouts) {
    const now = screens.find((screen) => screen.number === number);
    if (now === undefined || now.layout !== after) return null;
    if (before === null && now.tiles.length > 0) return null;
    layouts.push({ screen: number, before: after, after: before });
  }
  return {
    tiles: patch.tiles.map(({ tileId, before, after }) => ({ tileId, before: after, after: before })),
    layouts,
  };
}

/** The numbers of the screens that look different afterwards or are gone, in order. */
export function touchedScreens(patch: WallPatch): number[] {
  const numbers = new Set(patch.layouts.map((change) => change.screen));
  for (const { before, after } of patch.tiles) {
    if (before !== null) numbers.add(before.screen);
    if (after !== null) numbers.add(after.screen);
  }
  return [...numbers].sort((a, b) => a - b);
}

export function findTile(screens: readonly Screen[], tileId: string): { screen: Screen; tile: Tile } | null {
  for (const screen of screens) {
    const tile = screen.tiles.find((candidate) => candidate.id === tileId);
    if (tile !== undefined) return { screen, tile };
  }
  return null;
}

export function placeOf(screen: number, tile: Tile): TilePlace {
  return { screen, slot: tile.slot, cameraId: tile.cameraId, incidentId: tile.incidentId };
}

function findPlace(screens: readonly Screen[], tileId: string): TilePlace | null {
  const found = findTile(screens, tileId);
  return found === null ? null : placeOf(found.screen.number, found.tile);
}

function isSamePlace(a: TilePlace | null, b: TilePlace | null): boolean {
  if (a === null || b === null) return a === b;
  return a.screen === b.screen && a.slot === b.slot && a.cameraId === b.cameraId && a.incidentId === b.incidentId;
}
