import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { baseMapOf } from './baseMapOf.ts';
import { mapboxEngine } from './mapboxEngine.ts';
import { MapScene } from './MapScene.tsx';

export function MapboxMap({ onFailed }: { onFailed: (error: Error) => void }) {
  const config = useStore(useWorkspace().config);
  const base = useMemo(() => baseMapOf('mapbox', config), [config]);
  return <MapScene engine={mapboxEngine} base={base} onFailed={onFailed} />;
}
