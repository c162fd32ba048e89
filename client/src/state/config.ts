import { createStore } from 'zustand/vanilla';

export interface ConfigState {
  /** Null: no token, the map is drawn by maplibre-gl. */
  mapboxToken: string | null;
  isTraining: boolean;
}

export function createConfigStore(config: ConfigState) {
  return createStore<ConfigState>()(() => config);
}
