import type { Id } from '@commonsight/types/ids';
import { createStore } from 'zustand/vanilla';

/**
 * What this window's user points at. It joins the parts of the console: a tile under the pointer lights its camera on
 * the map, a pin under the pointer lights its tiles.
 */
export interface AttentionState {
  hoveredCameraId: Id | null;
  hoveredIncidentId: Id | null;
  /** The incident that the right panel shows. */
  selectedIncidentId: Id | null;
  /** The selected slot of the screen that this window shows; the keyboard acts on it. */
  selectedSlot: number | null;
  /** The tile that fills the screen of this window, if one does. */
  maximisedTileId: Id | null;
  /** The tile that is being moved by keys, and where it would go. */
  moving: { tileId: Id; toSlot: number } | null;
  openDialog: 'findCamera' | 'addToIncident' | 'keys' | null;
  /** Where the map should look next; `at` makes each wish a new one. */
  mapFocus: { latitude: number; longitude: number; zoom?: number; at: number } | null;
}

export function createAttentionStore() {
  return createStore<AttentionState>()(() => ({
    hoveredCameraId: null,
    hoveredIncidentId: null,
    selectedIncidentId: null,
    selectedSlot: null,
    maximisedTileId: null,
    moving: null,
    openDialog: null,
    mapFocus: null,
  }));
}

export type AttentionStore = ReturnType<typeof createAttentionStore>;
