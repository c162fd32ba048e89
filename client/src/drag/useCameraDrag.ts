import { useEffect, type RefObject } from 'react';
import { cameraDragHandle } from './draggable.ts';

/** Makes the referenced element a drag source for a camera; with a handle, only that part starts the drag. */
export function useCameraDrag(
  element: RefObject<HTMLElement | null>,
  camera: { id: string; name: string },
  handle?: RefObject<Element | null>,
): void {
  const { id, name } = camera;
  useEffect(() => {
    if (element.current === null) return undefined;
    return cameraDragHandle(element.current, { id, name }, handle?.current ?? undefined);
  }, [element, handle, id, name]);
}
