import { openIncidents } from '../state/incidents.ts';
import type { Workspace } from '../state/Workspace.ts';
import { boundsOf } from './geometry.ts';
import type { EngineMap } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';

/** Shows all cameras and open incidents at once. */
export function fitToCameras(map: EngineMap, { cameras, incidents }: Pick<Workspace, 'cameras' | 'incidents'>): void {
  const shown = [...cameras.getState().byId.values(), ...openIncidents(incidents.getState())];
  const bounds = boundsOf(shown.map(({ position }) => position));
  if (bounds === null) return;
  const { west, south, east, north } = bounds;
  map.fitBounds([west, south, east, north], { padding: 44, maxZoom: 16.5, duration: moveMs() });
}
