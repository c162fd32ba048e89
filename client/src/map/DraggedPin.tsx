import type { Position } from '@commonsight/types/position';
import { type PointerEvent, useEffect, useEffectEvent, useRef } from 'react';
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
  const at = (): { x: number; y: number } => map.project([position.longitude, position.latitude]);
  const placeAt = (x: number, y: number): void => {
    const { lng, lat } = map.unproject([x, y]);
    onPlace({ latitude: lat, longitude: lng });
  };
  const moveBy = useEffectEvent((pressed: KeyboardEvent): void => {
    const direction = directions[pressed.key];
    if (direction === undefined) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    const pixels = pressed.shiftKey ? 40 : 5;
    const { x, y } = at();
    placeAt(x + direction[0] * pixels, y + direction[1] * pixels);
  });
  useEffect(() => {
    const element = pin.current;
    // The map lies around the pin: it would put the pin where it is pressed, and move by the same keys itself.
    const stop = (press: MouseEvent): void => press.stopPropagation();
    const move = (pressed: KeyboardEvent): void => moveBy(pressed);
    element?.addEventListener('click', stop);
    element?.addEventListener('keydown', move);
    return () => {
      element?.removeEventListener('click', stop);
      element?.removeEventListener('keydown', move);
    };
  }, []);
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
