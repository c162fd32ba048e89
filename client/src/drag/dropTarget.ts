import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { dropTargetForExternal } from '@atlaskit/pragmatic-drag-and-drop/external/adapter';
import { type DragSource, dragMediaType, fromDragRecord, parseDragSource } from './DragSource.ts';

/** What hovers over a target; from another window the browser tells what it is only when it is dropped. */
export type Hovering = DragSource | 'fromAnotherWindow';

export interface DropTargetOptions {
  element: HTMLElement;
  canDrop: (source: DragSource) => boolean;
  onHover: (hovering: Hovering | null) => void;
  onDrop: (source: DragSource) => void;
}

/** Makes an element take cameras and tiles, from this window and from others. Returns the function that undoes it. */
export function makeDropTarget({ element, canDrop, onHover, onDrop }: DropTargetOptions): () => void {
  return combine(
    dropTargetForElements({
      element,
      canDrop: ({ source }) => {
        const dragged = fromDragRecord(source.data);
        return dragged !== null && canDrop(dragged);
      },
      onDragEnter: ({ source }) => onHover(fromDragRecord(source.data)),
      onDragLeave: () => onHover(null),
      onDrop: ({ source, location, self }) => {
        onHover(null);
        // Targets lie inside one another; the innermost one takes the drop.
        if (location.current.dropTargets[0]?.element !== self.element) return;
        const dragged = fromDragRecord(source.data);
        if (dragged !== null) onDrop(dragged);
      },
    }),
    dropTargetForExternal({
      element,
      canDrop: ({ source }) => source.types.includes(dragMediaType),
      onDragEnter: () => onHover('fromAnotherWindow'),
      onDragLeave: () => onHover(null),
      onDrop: ({ source, location, self }) => {
        onHover(null);
        if (location.current.dropTargets[0]?.element !== self.element) return;
        const dragged = parseDragSource(source.getStringData(dragMediaType));
        if (dragged !== null && canDrop(dragged)) onDrop(dragged);
      },
    }),
  );
}
