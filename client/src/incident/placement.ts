import type { Position } from '@commonsight/types/position';
import { createStore } from 'zustand/vanilla';

/**
 * Making an incident: first its place is aimed at on the map, then it is described. Whoever starts it (the list, a key,
 * the map's menu) and whoever ends it (the map, the dialog) meet here.
 */
export type PlacementState =
  | { state: 'idle' }
  /** The map shows its crosshair. */
  | { state: 'aiming' }
  /** The dialog is open; without a position it asks for one in words, because there is no map to aim on. */
  | { state: 'describing'; position: Position | null };

export function createPlacement() {
  const store = createStore<PlacementState>()(() => ({ state: 'idle' }));
  const hosts = createStore<readonly string[]>()(() => []);
  let mapCount = 0;
  return {
    store,
    /** Who could show the dialog, first come first; the first one does. */
    hosts,
    hostMounted(id: string): () => void {
      hosts.setState([...hosts.getState(), id], true);
      return () =>
        hosts.setState(
          hosts.getState().filter((host) => host !== id),
          true,
        );
    },
    /** A map that can aim is on the screen; returns the function that takes it away. */
    mapMounted(): () => void {
      mapCount += 1;
      return () => {
        mapCount -= 1;
        if (mapCount === 0 && store.getState().state === 'aiming') store.setState({ state: 'idle' }, true);
      };
    },
    start(): void {
      store.setState(mapCount > 0 ? { state: 'aiming' } : { state: 'describing', position: null }, true);
    },
    place(position: Position): void {
      store.setState({ state: 'describing', position }, true);
    },
    /** Back from the dialog to the map, where there is one. */
    aimAgain(): void {
      if (mapCount > 0) store.setState({ state: 'aiming' }, true);
    },
    cancel(): void {
      store.setState({ state: 'idle' }, true);
    },
  };
}

/** This window's placement: one person makes one incident at a time. */
export const placement = createPlacement();
