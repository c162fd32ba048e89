import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import type { EngineMap } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';

/** Close enough to tell the streets apart. */
const incidentZoom = 15.2;

/** Moves the map where the rest of the console wants it: to a wished place, and to an incident that is selected. */
export function useMapFocus(map: EngineMap | null): void {
  const { attention, incidents } = useWorkspace();
  const wish = useStore(attention, (state) => state.mapFocus);
  const incidentId = useStore(attention, (state) => state.selectedIncidentId);

  useEffect(() => {
    if (map === null || wish === null) return;
    const zoom = wish.zoom ?? Math.max(map.getZoom(), incidentZoom);
    map.easeTo({ center: [wish.longitude, wish.latitude], zoom, duration: moveMs() });
  }, [map, wish]);

  useEffect(() => {
    if (map === null || incidentId === null) return undefined;
    const centre = (): boolean => {
      const incident = incidents.getState().byId.get(incidentId);
      if (incident === undefined) return false;
      const { longitude, latitude } = incident.position;
      map.easeTo({ center: [longitude, latitude], zoom: Math.max(map.getZoom(), incidentZoom), duration: moveMs() });
      return true;
    };
    if (centre()) return undefined;
    // Selected by the page's address before the incidents were read.
    const stop = incidents.subscribe(() => {
      if (centre()) stop();
    });
    return stop;
  }, [map, incidentId, incidents]);
}
