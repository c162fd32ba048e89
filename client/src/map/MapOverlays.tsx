import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { mapColors } from './mapColors.ts';
import type { PinGroup } from './clusterPins.ts';
import type { MapEngine } from './MapEngine.ts';
import { coneFeatures, ringFeatures } from './mapFeatures.ts';

export interface MapOverlaysProps {
  engine: MapEngine;
  font: string[];
  groups: readonly PinGroup[];
}

/** What lies on the map's surface, below the pins: view cones and the rings around the selected incident. */
export function MapOverlays({ engine: { Source, Layer }, font, groups }: MapOverlaysProps) {
  const workspace = useWorkspace();
  const byId = useStore(workspace.cameras, (state) => state.byId);
  const incidents = useStore(workspace.incidents, (state) => state.byId);
  const hoveredCameraId = useStore(workspace.attention, (state) => state.hoveredCameraId);
  const hoveredIncidentId = useStore(workspace.attention, (state) => state.hoveredIncidentId);
  const selectedIncidentId = useStore(workspace.attention, (state) => state.selectedIncidentId);

  const cones = useMemo(() => {
    const ofIncident = hoveredIncidentId === null ? [] : (incidents.get(hoveredIncidentId)?.cameraIds ?? []);
    const lit = new Set([...ofIncident, ...(hoveredCameraId === null ? [] : [hoveredCameraId])]);
    // The cones of a cluster would be one pale spot; they show when its cameras do, or when they are pointed at.
    const alone = groups.flatMap(({ ids }) => (ids.length === 1 ? ids : []));
    const shown = [...new Set([...alone, ...lit])].flatMap((id) => byId.get(id) ?? []);
    return coneFeatures(shown, lit);
  }, [byId, groups, incidents, hoveredCameraId, hoveredIncidentId]);
  const selected = selectedIncidentId === null ? undefined : incidents.get(selectedIncidentId);
  const rings = useMemo(
    () => ringFeatures(selected === undefined || selected.closedAt !== null ? null : selected.position),
    [selected],
  );

  return (
    <>
      <Source id="view-cones" type="geojson" data={cones}>
        <Layer
          id="view-cones"
          type="fill"
          source="view-cones"
          minzoom={12.5}
          paint={{
            'fill-color': [
              'case',
              ['get', 'isLit'],
              mapColors.accent,
              ['get', 'isUsable'],
              mapColors.cone,
              mapColors.off,
            ],
            'fill-opacity': ['case', ['get', 'isLit'], 0.32, ['get', 'isUsable'], 0.11, 0.05],
          }}
        />
        <Layer
          id="view-cone-edges"
          type="line"
          source="view-cones"
          minzoom={13.5}
          paint={{
            'line-color': ['case', ['get', 'isLit'], mapColors.accent, mapColors.cone],
            'line-opacity': ['case', ['get', 'isLit'], 0.95, ['get', 'isUsable'], 0.45, 0.18],
            'line-width': ['case', ['get', 'isLit'], 1.6, 0.8],
          }}
        />
      </Source>
      <Source id="range-rings" type="geojson" data={rings}>
        <Layer
          id="range-rings"
          type="line"
          source="range-rings"
          filter={['==', ['get', 'kind'], 'ring']}
          paint={{ 'line-color': mapColors.text, 'line-opacity': 0.5, 'line-width': 1, 'line-dasharray': [3, 3] }}
        />
        <Layer
          id="range-ring-words"
          type="symbol"
          source="range-rings"
          filter={['==', ['get', 'kind'], 'label']}
          layout={{
            'text-field': ['get', 'words'],
            'text-font': font,
            'text-size': 11,
            'text-anchor': 'bottom',
            'text-offset': [0, -0.2],
            'text-allow-overlap': true,
          }}
          paint={{ 'text-color': mapColors.text, 'text-halo-color': mapColors.halo, 'text-halo-width': 1.6 }}
        />
      </Source>
    </>
  );
}
