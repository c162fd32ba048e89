import type { MaskPoint } from '@commonsight/types/relay/masks';
import { type RefObject, useRef } from 'react';
import { classes } from '../../ui/classes.ts';
import { stepOf } from './stepOf.ts';
import { pointIn } from './pointIn.ts';

interface CornerHandleProps {
  at: MaskPoint;
  label: string;
  /** The picture that it lies on. */
  picture: RefObject<HTMLElement | null>;
  /** It belongs to a mask that is not closed yet. */
  isOpen: boolean;
  onMove: (to: MaskPoint) => void;
  /** Pressed without being moved. */
  onPress?: () => void;
}

/** A hand trembles: so many pixels are no movement. */
const stillPixels = 3;

/** A corner of a mask: dragged by pointer, or moved by arrow keys. */
export function CornerHandle({ at, label, picture, isOpen, onMove, onPress }: CornerHandleProps) {
  const wasMoved = useRef(false);
  const heldAt = useRef({ x: 0, y: 0 });
  return (
    <button
      type="button"
      aria-label={label}
      style={{ left: `${at[0] * 100}%`, top: `${at[1] * 100}%` }}
      className={classes(
        'absolute size-6 -translate-1/2 cursor-grab touch-none rounded-full border-2 border-white p-0 active:cursor-grabbing',
        isOpen ? 'bg-warn' : 'bg-accent',
      )}
      onPointerDown={(pointer) => {
        pointer.currentTarget.setPointerCapture(pointer.pointerId);
        wasMoved.current = false;
        heldAt.current = { x: pointer.clientX, y: pointer.clientY };
      }}
      onPointerMove={(pointer) => {
        if (!pointer.currentTarget.hasPointerCapture(pointer.pointerId)) return;
        const { x, y } = heldAt.current;
        wasMoved.current ||= Math.hypot(pointer.clientX - x, pointer.clientY - y) > stillPixels;
        if (wasMoved.current) onMove(pointIn(picture.current, pointer));
      }}
      onClick={() => {
        if (!wasMoved.current) onPress?.();
        wasMoved.current = false;
      }}
      onKeyDown={(pressed) => {
        const step = stepOf(pressed);
        if (step === null) return;
        pressed.preventDefault();
        onMove([at[0] + step[0], at[1] + step[1]]);
      }}
    />
  );
}
