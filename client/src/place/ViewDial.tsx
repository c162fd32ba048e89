import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useText } from '../language/LanguageContext.ts';
import { bearingAt, compassIndex, turned } from './bearing.ts';

export interface ViewDialProps {
  bearingDegrees: number;
  angleDegrees: number;
  onTurn: (bearingDegrees: number) => void;
}

/** A view cone that is turned by finger, mouse, wheel or keys, and says where it looks. North is up. */
export function ViewDial({ bearingDegrees, angleDegrees, onTurn }: ViewDialProps) {
  const { view } = useText();
  const dial = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const turn = (by: number): void => onTurn(turned(bearingDegrees, by));
  const follow = (pointer: PointerEvent<HTMLDivElement>): void => {
    const box = pointer.currentTarget.getBoundingClientRect();
    onTurn(bearingAt(pointer.clientX - box.left - box.width / 2, pointer.clientY - box.top - box.height / 2));
  };
  const handleKey = (pressed: KeyboardEvent): void => {
    // As in every field of a form.
    if (pressed.key === 'Enter') slider.current?.form?.requestSubmit();
    const by = keySteps[pressed.key];
    if (by === undefined && pressed.key !== 'Home') return;
    pressed.preventDefault();
    if (by === undefined) onTurn(0);
    else turn(by);
  };
  useEffect(() => {
    const element = dial.current;
    // React's own wheel listeners are passive and cannot keep the page still.
    const wheel = (moved: WheelEvent): void => {
      if (document.activeElement !== slider.current) return;
      moved.preventDefault();
      onTurn(turned(bearingDegrees, moved.deltaY > 0 ? 5 : -5));
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, [bearingDegrees, onTurn]);
  return (
    <div
      ref={dial}
      onPointerDown={(pointer) => {
        // The focus is the slider's, which the press would take away again.
        pointer.preventDefault();
        slider.current?.focus();
        pointer.currentTarget.setPointerCapture(pointer.pointerId);
        follow(pointer);
      }}
      onPointerMove={(pointer) => (pointer.currentTarget.hasPointerCapture(pointer.pointerId) ? follow(pointer) : null)}
      className="relative size-60 cursor-grab touch-none rounded-full bg-surface-1 inset-ring inset-ring-line-strong active:cursor-grabbing has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
    >
      <input
        ref={slider}
        type="range"
        min={0}
        max={359}
        value={bearingDegrees}
        aria-label={view.bearing}
        aria-valuetext={view.bearingValue(bearingDegrees, view.compass[compassIndex(bearingDegrees)] ?? '')}
        onKeyDown={handleKey}
        onChange={({ currentTarget }) => onTurn(Number(currentTarget.value))}
        className="pointer-events-none absolute inset-0 m-0 size-full opacity-0"
      />
      <svg viewBox="-100 -100 200 200" aria-hidden className="size-full">
        {Array.from({ length: 24 }, (_, tick) => (
          <line
            key={tick}
            y1={-94}
            y2={tick % 6 === 0 ? -82 : -89}
            transform={`rotate(${String(tick * 15)})`}
            stroke="var(--color-line-strong)"
            strokeWidth={1.5}
          />
        ))}
        <path
          d={conePath(angleDegrees)}
          transform={`rotate(${String(bearingDegrees)})`}
          fill="var(--color-accent)"
          fillOpacity={0.25}
          stroke="var(--color-accent)"
          strokeWidth={1.5}
        />
        <circle
          cy={-70}
          r={11}
          transform={`rotate(${String(bearingDegrees)})`}
          fill="var(--color-accent)"
          stroke="white"
          strokeWidth={2.5}
        />
        <circle r={6} fill="var(--color-text)" />
      </svg>
    </div>
  );
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowRight: 5,
  ArrowUp: 5,
  ArrowLeft: -5,
  ArrowDown: -5,
  PageUp: 45,
  PageDown: -45,
};

/** A sector that looks up, of radius 70. */
function conePath(angleDegrees: number): string {
  // An arc from a point to itself is nothing.
  const half = (Math.min(angleDegrees, 359.9) / 2) * (Math.PI / 180);
  const [x, y] = [70 * Math.sin(half), -70 * Math.cos(half)];
  return `M0 0L${String(-x)} ${String(y)}A70 70 0 ${angleDegrees > 180 ? '1' : '0'} 1 ${String(x)} ${String(y)}Z`;
}
