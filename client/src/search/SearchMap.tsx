import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { DrawnMap } from '../map/DrawnMap.tsx';
import { MapLoading } from '../map/MapLoading.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SearchScene, type SearchSceneProps } from './SearchScene.tsx';

/** The map of a question and of what was found. */
export function SearchMap(props: SearchSceneProps) {
  const config = useStore(useWorkspace().config);
  return (
    <DrawnMap
      config={config}
      label="Map"
      className="relative size-full min-h-0 min-w-0 overflow-hidden bg-[#0b1017]"
      loading={<MapLoading />}
      Fallback={NoSearchMap}
    >
      {(drawing) => <SearchScene {...drawing} {...props} />}
    </DrawnMap>
  );
}

function NoSearchMap({ reason }: { reason: string }) {
  return (
    <EmptyState title="No map">
      {reason} Type the place or each corner in degrees; the list has everything that the map has.
    </EmptyState>
  );
}
