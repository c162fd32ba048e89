import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { type DragSource, dragMediaType, toDragRecord } from './DragSource.ts';

export interface DraggableOptions {
  element: HTMLElement;
  /** The part that starts the drag. Where the element opens a menu on mouse-down it needs one. */
  handle?: Element;
  source: () => DragSource;
  onDraggingChange?: (isDragging: boolean) => void;
}

/** Makes an element a drag source, in this window and towards the others. Returns the function that undoes it. */
export function makeDraggable({ element, handle, source, onDraggingChange }: DraggableOptions): () => void {
  return draggable({
    element,
    ...(handle === undefined ? {} : { dragHandle: handle }),
    getInitialData: () => toDragRecord(source()),
    getInitialDataForExternal: () => ({ [dragMediaType]: JSON.stringify(source()), 'text/plain': source().name }),
    onGenerateDragPreview: ({ nativeSetDragImage }) => {
      setCustomNativeDragPreview({
        nativeSetDragImage,
        getOffset: () => ({ x: -10, y: -6 }),
        render: ({ container }) => {
          const chip = document.createElement('div');
          chip.className = 'rounded-md bg-accent px-2.5 py-1 text-sm font-semibold text-surface-0';
          chip.textContent = source().name;
          container.append(chip);
        },
      });
    },
    onDragStart: () => onDraggingChange?.(true),
    onDrop: () => onDraggingChange?.(false),
  });
}

/**
 * A drag source for a camera, for whoever draws cameras without React: pass the element of a pin or a row.
 * Returns the function that undoes it.
 */
export function cameraDragHandle(
  element: HTMLElement,
  camera: { id: string; name: string },
  handle?: Element,
): () => void {
  return makeDraggable({
    element,
    ...(handle === undefined ? {} : { handle }),
    source: () => ({ kind: 'camera', cameraId: camera.id, name: camera.name }),
  });
}
