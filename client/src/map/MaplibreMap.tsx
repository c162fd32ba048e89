import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { baseMapOf } from './baseMapOf.ts';
import { maplibreEngine } from './maplibreEngine.ts';
import { MapScene } from './MapScene.tsx';

export interface MaplibreMapProps {
  onFailed: (error: Error) => void;
  /** Why it stands in for Mapbox's map, if it does. */
  notice?: string;
}

export function MaplibreMap({ onFailed, notice }: MaplibreMapProps) {
  const config = useStore(useWorkspace().config);
  const base = useMemo(() => {
    const found = baseMapOf('maplibre', config);
    return notice === undefined ? found : { ...found, caption: `${notice} ${found.caption}` };
  }, [config, notice]);
  return <MapScene engine={maplibreEngine} base={base} onFailed={onFailed} />;
}
