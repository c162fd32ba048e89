import type { Id } from '@commonsight/types/ids';
import { layoutSlots } from '@commonsight/types/layout';
import type { NotificationOf } from '@commonsight/types/signaling/notifications';
import type { Screen, Tile, Wall } from '@commonsight/types/wall';
import { createStore } from 'zustand/vanilla';

/** The wall that this window works on. */
export type WallState =
  | { state: 'none' }
  | { state: 'joining'; wallId: Id; screen: number }
  | { state: 'joined'; wallId: Id; screen: number; wall: Wall; present: WallPresence }
  | { state: 'notFound'; wallId: Id; screen: number }
  | { state: 'failed'; wallId: Id; screen: number; message: string };

export type WallPresence = NotificationOf<'wall:presenceChanged'>['present'];
export type WallChange = NotificationOf<'wall:changed'>;

export function createWallStore() {
  return createStore<WallState>()(() => ({ state: 'none' }));
}

export type WallStore = ReturnType<typeof createWallStore>;

/**
 * The wall after a change; the same wall for a change that is already in it, and `gap` when one in between was missed
 * (WAL2).
 */
export function applyWallChange(wall: Wall, change: WallChange): Wall | 'gap' {
  if (change.revision <= wall.revision) return wall;
  if (change.revision !== wall.revision + 1) return 'gap';
  const screens = new Map(wall.screens.map((screen) => [screen.number, screen]));
  for (const screen of change.screens) screens.set(screen.number, screen);
  for (const number of change.removedScreens) screens.delete(number);
  return {
    ...wall,
    revision: change.revision,
    screens: [...screens.values()].toSorted((a, b) => a.number - b.number),
  };
}

export function currentScreen(state: WallState): Screen | null {
  if (state.state !== 'joined') return null;
  return state.wall.screens.find((screen) => screen.number === state.screen) ?? null;
}

/** The tile on a slot, also when the layout hides it. */
export function tileOnSlot(screen: Screen, slot: number): Tile | null {
  return screen.tiles.find((tile) => tile.slot === slot) ?? null;
}

/** The slot that a new tile would take: the selected one, else the first free one, else the first. */
export function slotForNewTile(screen: Screen, selectedSlot: number | null): number {
  const slots = layoutSlots[screen.layout];
  if (selectedSlot !== null && selectedSlot <= slots) return selectedSlot;
  const taken = new Set(screen.tiles.map((tile) => tile.slot));
  for (let slot = 1; slot <= slots; slot += 1) if (!taken.has(slot)) return slot;
  return 1;
}
