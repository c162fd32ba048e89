import type { Position } from '@commonsight/types/position';
import { type PointerEvent, useEffect, useRef } from 'react';
import { classes } from '../ui/classes.ts';
import type { EngineMap } from './MapEngine.ts';
import { useKeepFromMap } from './useKeepFromMap.ts';

export interface DraggedPinProps {
  map: EngineMap;
  /** Its accessible name. */
  label: string;
  isSmall?: boolean;
  position: Position;
  onPlace: (position: Position) => void;
}

/** A place on the map that somebody sets: dragged by pointer or moved by keys, a few pixels each time. */
export function DraggedPin({ map, label, isSmall = false, position, onPlace }: DraggedPinProps) {
  /** Where in the pin it was taken hold of, from the position. */
  const hold = useRef({ x: 0, y: 0 });
  const pin = useRef<HTMLButtonElement>(null);
  useKeepFromMap(pin);
  useEffect(() => {
    const element = pin.current;
    // A press on the pin is no press on the map, which would put the pin there.
    const stop = (press: MouseEvent): void => press.stopPropagation();
    element?.addEventListener('click', stop);
    return () => element?.removeEventListener('click', stop);
  }, []);
  const at = (): { x: number; y: number } => map.project([position.longitude, position.latitude]);
  const placeAt = (x: number, y: number): void => {
    const { lng, lat } = map.unproject([x, y]);
    onPlace({ latitude: lat, longitude: lng });
  };
  const follow = (pointer: PointerEvent): void => {
    const box = map.getCanvasContainer().getBoundingClientRect();
    placeAt(pointer.clientX - box.left - hold.current.x, pointer.clientY - box.top - hold.current.y);
  };
  return (
    <button
      ref={pin}
      type="button"
      aria-label={label}
      className={classes(
        'flex cursor-grab touch-none items-center justify-center rounded-full border-2 border-white bg-accent/40 p-0 active:cursor-grabbing',
        isSmall ? 'size-6' : 'size-11',
      )}
      onPointerDown={(pointer) => {
        pointer.currentTarget.setPointerCapture(pointer.pointerId);
        const box = map.getCanvasContainer().getBoundingClientRect();
        const { x, y } = at();
        hold.current = { x: pointer.clientX - box.left - x, y: pointer.clientY - box.top - y };
      }}
      onPointerMove={(pointer) => (pointer.currentTarget.hasPointerCapture(pointer.pointerId) ? follow(pointer) : null)}
      onKeyDown={(pressed) => {
        const direction = directions[pressed.key];
        if (direction === undefined) return;
        pressed.preventDefault();
        const pixels = pressed.shiftKey ? 40 : 5;
        const { x, y } = at();
        placeAt(x + direction[0] * pixels, y + direction[1] * pixels);
      }}
    >
      <span className={classes('rounded-full border-white bg-accent', isSmall ? 'size-2' : 'size-3.5 border-2')} />
    </button>
  );
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
