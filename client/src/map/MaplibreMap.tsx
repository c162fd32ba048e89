import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { baseMapOf } from './baseMapOf.ts';
import { maplibreEngine } from './maplibreEngine.ts';
import { MapScene } from './MapScene.tsx';

export function MaplibreMap({ onFailed }: { onFailed: (error: Error) => void }) {
  const config = useStore(useWorkspace().config);
  const base = useMemo(() => baseMapOf('maplibre', config), [config]);
  return <MapScene engine={maplibreEngine} base={base} onFailed={onFailed} />;
}
