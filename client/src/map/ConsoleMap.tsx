import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { DrawnMap } from './DrawnMap.tsx';
import { MapFallback } from './MapFallback.tsx';
import { MapLoading } from './MapLoading.tsx';
import { MapScene } from './MapScene.tsx';

/** The map of cameras and incidents; without WebGL it is a list. */
export function ConsoleMap() {
  const config = useStore(useWorkspace().config);
  return (
    <DrawnMap
      config={config}
      label="Map"
      className="relative size-full min-h-0 min-w-0"
      loading={<MapLoading />}
      Fallback={MapFallback}
    >
      {(drawing) => <MapScene {...drawing} />}
    </DrawnMap>
  );
}
