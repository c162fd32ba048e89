import type { Tile } from '@commonsight/types/wall';
import { type RefObject, useEffect } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { makeDraggable } from '../drag/draggable.ts';

/** Makes a tile something to drag, for who may change the wall. */
export function useTileDrag(
  element: RefObject<HTMLElement | null>,
  { id: tileId, cameraId }: Tile,
  name: string,
  mayEdit: boolean,
): void {
  const { wall } = useWorkspace();
  useEffect(() => {
    if (element.current === null || !mayEdit) return undefined;
    return makeDraggable({
      element: element.current,
      source: () => {
        const state = wall.store.getState();
        if (state.state === 'none') return { kind: 'camera', cameraId, name };
        return { kind: 'tile', wallId: state.wallId, tileId, cameraId, name };
      },
    });
  }, [element, wall, tileId, cameraId, name, mayEdit]);
}
