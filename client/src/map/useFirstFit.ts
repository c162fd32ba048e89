import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { fitToCameras } from './fitToCameras.ts';
import type { EngineMap } from './MapEngine.ts';

/**
 * A map that this browser never showed starts at the cameras, once they are known. Later cameras do not move what
 * somebody looks at, and a selected incident comes first.
 */
export function useFirstFit(map: EngineMap | null, isNew: boolean): void {
  const workspace = useWorkspace();
  const hasCameras = useStore(workspace.cameras, (state) => state.byId.size > 0);
  useEffect(() => {
    if (map === null || !isNew || !hasCameras) return;
    if (workspace.attention.getState().selectedIncidentId === null) fitToCameras(map, workspace);
  }, [map, isNew, hasCameras, workspace]);
}
