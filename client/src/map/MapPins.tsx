import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { CameraPin } from './CameraPin.tsx';
import { clusterPins, clusterRadiusPixels, type PinGroup } from './clusterPins.ts';
import { ClusterPin } from './ClusterPin.tsx';
import { type Bounds, isWithin } from './geometry.ts';
import { IncidentPin } from './IncidentPin.tsx';
import { MapAnchor } from './MapAnchor.tsx';
import type { EngineMap } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';

const closestZoom = 19;

export interface MapPinsProps {
  map: EngineMap;
  groups: readonly PinGroup[];
  zoom: number;
  /** What can be seen, with a margin; pins outside are not drawn. */
  bounds: Bounds | null;
}

export function MapPins({ map, groups, zoom, bounds }: MapPinsProps) {
  const workspace = useWorkspace();
  const byId = useStore(workspace.cameras, (state) => state.byId);
  const incidentsState = useStore(workspace.incidents);
  const selectedIncidentId = useStore(workspace.attention, (state) => state.selectedIncidentId);
  const incidents = useMemo(() => openIncidents(incidentsState), [incidentsState]);
  const visible = bounds === null ? groups : groups.filter(({ position }) => isWithin(position, bounds));

  return (
    <>
      {visible.map((group) => {
        const cameras = group.ids.flatMap((id) => byId.get(id) ?? []);
        const [first] = cameras;
        if (first === undefined) return null;
        const { west, south, east, north } = group.bounds;
        return (
          <MapAnchor
            key={`${first.id}:${String(cameras.length)}`}
            map={map}
            position={group.position}
            anchor="centre"
            layer={cameras.length > 1 ? 2 : 1}
          >
            {cameras.length === 1 ? (
              <CameraPin camera={first} />
            ) : (
              <ClusterPin
                cameras={cameras}
                zoomIn={() => {
                  const isTogether = clusterPins(cameras, closestZoom, clusterRadiusPixels).length === 1;
                  if (isTogether || zoom >= closestZoom - 0.5) return false;
                  map.fitBounds([west, south, east, north], { padding: 70, maxZoom: closestZoom, duration: moveMs() });
                  return true;
                }}
              />
            )}
          </MapAnchor>
        );
      })}
      {incidents.map((incident) => (
        <MapAnchor
          key={incident.id}
          map={map}
          position={incident.position}
          anchor="bottom"
          layer={incident.id === selectedIncidentId ? 4 : 3}
        >
          <IncidentPin incident={incident} />
        </MapAnchor>
      ))}
    </>
  );
}
