import { type RefObject, useEffect, useRef, useState } from 'react';
import type { DragSource } from './DragSource.ts';
import { type Hovering, makeDropTarget } from './dropTarget.ts';

export interface UseDropTargetOptions {
  canDrop: (source: DragSource) => boolean;
  onDrop: (source: DragSource) => void;
}

/** Makes the referenced element a drop target; returns what hovers over it. */
export function useDropTarget(element: RefObject<HTMLElement | null>, options: UseDropTargetOptions): Hovering | null {
  const [hovering, setHovering] = useState<Hovering | null>(null);
  // The target stays registered for as long as the element is there, so it reads the newest options through this.
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (element.current === null) return undefined;
    return makeDropTarget({
      element: element.current,
      canDrop: (source) => latest.current.canDrop(source),
      onHover: setHovering,
      onDrop: (source) => latest.current.onDrop(source),
    });
  }, [element]);
  return hovering;
}
