import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { CreateIncidentDialog } from '../incident/CreateIncidentDialog.tsx';
import { placement } from '../incident/placement.ts';
import { Crosshair } from './Crosshair.tsx';
import { DraftPin } from './DraftPin.tsx';
import type { Drawing } from './DrawnMap.tsx';
import { fitToCameras } from './fitToCameras.ts';
import { FlatMap } from './FlatMap.tsx';
import type { Bounds } from './geometry.ts';
import { MapContextMenu } from './MapContextMenu.tsx';
import type { EngineMap } from './MapEngine.ts';
import { MapOverlays } from './MapOverlays.tsx';
import { MapPins } from './MapPins.tsx';
import { MapToolbar } from './MapToolbar.tsx';
import { moveMs } from './moveMs.ts';
import { ScaleBar } from './ScaleBar.tsx';
import { useFirstFit } from './useFirstFit.ts';
import { useMapFocus } from './useMapFocus.ts';
import { usePinGroups } from './usePinGroups.ts';
import { consoleViewportKey, keepViewport, readViewport, type Viewport } from './viewportMemory.ts';

/** Pins carry their names from here on. */
const namesZoom = 15.8;

/** The map with everything on it, the same for both map libraries. North is always up. */
export function MapScene(drawing: Drawing) {
  const { engine, base } = drawing;
  const workspace = useWorkspace();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<EngineMap | null>(null);
  const [remembered] = useState(() => readViewport(localStorage, consoleViewportKey));
  const [initialViewport] = useState<Viewport>(remembered ?? { ...base.centre, zoom: 13.4 });
  const [view, setView] = useState<{ viewport: Viewport; bounds: Bounds | null }>({
    viewport: initialViewport,
    bounds: null,
  });
  const [isDrawn, setDrawn] = useState(false);
  const [point, setPoint] = useState<{ x: number; y: number } | null>(null);
  const isAiming = useStore(placement.store, (state) => state.state === 'aiming');
  const canCreate = workspace.can('incident.create');

  const groups = usePinGroups(view.viewport.zoom);
  useMapFocus(map);
  useFirstFit(map, remembered === null);
  useEffect(() => placement.mapMounted(), []);
  useEffect(() => {
    // Each aiming starts in the middle.
    const box = container.current;
    setPoint(isAiming && box !== null ? { x: box.clientWidth / 2, y: box.clientHeight / 2 } : null);
  }, [isAiming]);

  const readView = (): void => {
    if (map === null) return;
    const viewport = viewportOf(map);
    keepViewport(localStorage, consoleViewportKey, viewport);
    setView({ viewport, bounds: widerBounds(map) });
  };
  const positionAt = (x: number, y: number) => {
    if (map === null) return null;
    const { lng, lat } = map.unproject([x, y]);
    return { latitude: lat, longitude: lng };
  };
  const aimedAt = point === null ? null : positionAt(point.x, point.y);

  return (
    <div
      ref={container}
      className="group/map relative size-full overflow-hidden bg-[#0b1017]"
      aria-busy={!isDrawn}
      {...(view.viewport.zoom >= namesZoom ? { 'data-names': true } : {})}
      {...(isAiming ? { 'data-aiming': true } : {})}
    >
      <MapContextMenu
        canCreate={canCreate}
        canSearch={workspace.can('registry.read')}
        positionAt={(clientX, clientY) => {
          const box = container.current?.getBoundingClientRect();
          return box === undefined ? null : positionAt(clientX - box.left, clientY - box.top);
        }}
        onCentre={(at) => map?.easeTo({ center: [at.longitude, at.latitude], duration: moveMs() })}
      >
        <FlatMap
          drawing={drawing}
          initial={initialViewport}
          onMap={setMap}
          cursor={isAiming ? 'crosshair' : 'grab'}
          onLoad={readView}
          onIdle={() => setDrawn(true)}
          onMoveEnd={readView}
          onMouseMove={(pointer) => (isAiming ? setPoint({ x: pointer.point.x, y: pointer.point.y }) : undefined)}
          onClick={(pointer) => {
            if (isAiming) placement.place({ latitude: pointer.lngLat.lat, longitude: pointer.lngLat.lng });
          }}
        >
          <MapOverlays engine={engine} font={base.font} groups={groups} />
        </FlatMap>
      </MapContextMenu>
      {map === null ? null : (
        <>
          <MapPins map={map} groups={groups} zoom={view.viewport.zoom} bounds={view.bounds} />
          <DraftPin map={map} />
        </>
      )}
      {isAiming && point !== null && aimedAt !== null ? (
        <Crosshair
          point={point}
          position={aimedAt}
          onMove={(x, y) => {
            const box = container.current;
            if (box === null || map === null) return;
            const inside = { x: within(x, 24, box.clientWidth - 24), y: within(y, 24, box.clientHeight - 24) };
            // At the edge the map moves on under the crosshair.
            map.panBy([x - inside.x, y - inside.y], { duration: 0 });
            setPoint(inside);
          }}
        />
      ) : null}
      {map === null ? null : (
        <MapToolbar map={map} isAiming={isAiming} canCreate={canCreate} onFit={() => fitToCameras(map, workspace)} />
      )}
      <div className="pointer-events-none absolute bottom-1.5 left-2 z-5 flex items-end gap-3">
        <ScaleBar latitude={view.viewport.latitude} zoom={view.viewport.zoom} />
        <span className="rounded-sm bg-surface-0/70 px-1 text-2xs leading-3.5 text-muted">{base.caption}</span>
      </div>
      {canCreate ? <CreateIncidentDialog /> : null}
    </div>
  );
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function viewportOf(map: EngineMap): Viewport {
  const { lat, lng } = map.getCenter();
  return { latitude: lat, longitude: lng, zoom: map.getZoom() };
}

/** What is in view and half a view around it, so that a short pan brings no holes. */
function widerBounds(map: EngineMap): Bounds | null {
  const bounds = map.getBounds();
  if (bounds === null) return null;
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const [width, height] = [(east - west) / 2, (north - south) / 2];
  return { west: west - width, south: south - height, east: east + width, north: north + height };
}
