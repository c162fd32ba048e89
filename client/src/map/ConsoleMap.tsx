import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { canDrawMaps } from './canDrawMaps.ts';
import { MapBoundary } from './MapBoundary.tsx';
import { MapFallback } from './MapFallback.tsx';

// Each library is a chunk of its own; a window loads the one that it draws with.
const MaplibreMap = lazy(() => import('./MaplibreMap.tsx').then(({ MaplibreMap }) => ({ default: MaplibreMap })));
const MapboxMap = lazy(() => import('./MapboxMap.tsx').then(({ MapboxMap }) => ({ default: MapboxMap })));

/**
 * The map of cameras and incidents. mapbox-gl draws it when the agency has a token, maplibre-gl otherwise and when
 * Mapbox cannot be reached; without WebGL it is a list.
 */
export function ConsoleMap() {
  const workspace = useWorkspace();
  const hasToken = useStore(workspace.config, (state) => state.mapboxToken !== null);
  const [canDraw] = useState(canDrawMaps);
  const [failed, setFailed] = useState<{ mapbox: boolean; maplibre: boolean }>({ mapbox: false, maplibre: false });

  if (!canDraw) return <MapFallback reason="This browser cannot draw maps: WebGL is switched off or missing." />;
  if (failed.maplibre) return <MapFallback reason="The map could not be drawn." />;
  const isMapbox = hasToken && !failed.mapbox;
  const fail = (): void => setFailed(isMapbox ? { ...failed, mapbox: true } : { ...failed, maplibre: true });
  return (
    <section aria-label="Map" className="relative size-full min-h-0 min-w-0">
      <MapBoundary key={String(failed.mapbox)} onFailed={fail}>
        <Suspense fallback={<MapLoading />}>
          {isMapbox ? (
            <MapboxMap onFailed={fail} />
          ) : (
            <MaplibreMap onFailed={fail} {...(failed.mapbox ? { notice: 'Mapbox cannot be reached.' } : {})} />
          )}
        </Suspense>
      </MapBoundary>
    </section>
  );
}

function MapLoading() {
  return <div className="flex size-full items-center justify-center bg-[#0b1017] text-muted">Loading the map…</div>;
}
