import type { Position } from '@commonsight/types/position';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import type { EngineMap } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';
import { zoomFor } from './scaleOf.ts';

/** What should be in sight around a place: across the ring of 250 m. */
const sightMetres = 540;

/** Moves the map where the rest of the console wants it: to a wished place, and to an incident that is selected. */
export function useMapFocus(map: EngineMap | null): void {
  const { attention, incidents } = useWorkspace();
  const wish = useStore(attention, (state) => state.mapFocus);
  const incidentId = useStore(attention, (state) => state.selectedIncidentId);

  useEffect(() => {
    if (map !== null && wish !== null) show(map, wish, wish.zoom ?? null);
  }, [map, wish]);

  useEffect(() => {
    if (map === null || incidentId === null) return undefined;
    const showIncident = (): boolean => {
      const incident = incidents.getState().byId.get(incidentId);
      if (incident === undefined) return false;
      show(map, incident.position, null);
      return true;
    };
    if (showIncident()) return undefined;
    // Selected before the incidents were read.
    const stop = incidents.subscribe(() => {
      if (showIncident()) stop();
    });
    return stop;
  }, [map, incidentId, incidents]);
}

function show(map: EngineMap, { latitude, longitude }: Position, wishedZoom: number | null): void {
  const { clientWidth, clientHeight } = map.getCanvas();
  const fitting = zoomFor(latitude, sightMetres, Math.max(120, Math.min(clientWidth, clientHeight)));
  const now = map.getZoom();
  // Who looks from about as near keeps their own zoom.
  const isNearEnough = now > fitting - 0.6 && now < fitting + 1.5;
  map.easeTo({
    center: [longitude, latitude],
    zoom: wishedZoom ?? (isNearEnough ? now : fitting),
    duration: moveMs(),
  });
}
