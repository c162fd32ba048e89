import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { CameraPin } from './CameraPin.tsx';
import { clusterPins, clusterRadiusPixels, type PinGroup } from './clusterPins.ts';
import { ClusterPin } from './ClusterPin.tsx';
import { type Bounds, isWithin } from './geometry.ts';
import { IncidentPin } from './IncidentPin.tsx';
import type { EngineMap, MapEngine } from './MapEngine.ts';
import { moveMs } from './moveMs.ts';

const closestZoom = 19;

export interface MapPinsProps {
  engine: MapEngine;
  map: EngineMap;
  groups: readonly PinGroup[];
  zoom: number;
  /** What can be seen, with a margin; pins outside are not drawn. */
  bounds: Bounds | null;
}

export function MapPins({ engine: { Marker }, map, groups, zoom, bounds }: MapPinsProps) {
  const workspace = useWorkspace();
  const byId = useStore(workspace.cameras, (state) => state.byId);
  const incidentsState = useStore(workspace.incidents);
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
          <Marker
            key={`${first.id}:${String(cameras.length)}`}
            {...group.position}
            anchor="center"
            style={cameras.length > 1 ? above : level}
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
          </Marker>
        );
      })}
      {incidents.map((incident) => (
        <Marker key={incident.id} {...incident.position} anchor="bottom" style={top}>
          <IncidentPin incident={incident} />
        </Marker>
      ))}
    </>
  );
}

const level = { zIndex: 1 };
const above = { zIndex: 2 };
const top = { zIndex: 3 };
