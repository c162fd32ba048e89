import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

/** So long a press has to last, that nothing begins by a touch in the pocket. */
const holdMs = 2_000;
const stepMs = 50;

interface HoldButtonProps {
  disabled?: boolean;
  onHeld: () => void;
  children: ReactNode;
}

/**
 * A button that acts after it was held for two seconds: by a finger, a mouse, or the space or enter key. What presses
 * it without holding, as screen readers do, acts at once: it is no accident there, and what begins can be cancelled.
 */
export function HoldButton({ disabled = false, onHeld, children }: HoldButtonProps) {
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const timer = useRef<number | undefined>(undefined);
  const isByPointer = useRef(false);

  function begin(): void {
    if (disabled || timer.current !== undefined) return;
    const beganAtMs = performance.now();
    setHeldMs(0);
    timer.current = window.setInterval(() => {
      const passedMs = performance.now() - beganAtMs;
      setHeldMs(passedMs);
      if (passedMs < holdMs) return;
      stop();
      onHeld();
    }, stepMs);
  }

  function stop(): void {
    window.clearInterval(timer.current);
    timer.current = undefined;
    setHeldMs(null);
  }

  useEffect(() => () => window.clearInterval(timer.current), []);

  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  const share = heldMs === null ? 0 : Math.min(1, heldMs / holdMs);
  return (
    <button
      type="button"
      disabled={disabled}
      onPointerDown={() => {
        isByPointer.current = true;
        begin();
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onContextMenu={(menu) => menu.preventDefault()}
      onKeyDown={(press) => {
        if (!isKey(press)) return;
        press.preventDefault();
        if (!press.repeat) begin();
      }}
      onKeyUp={(release) => {
        if (!isKey(release)) return;
        release.preventDefault();
        stop();
      }}
      onBlur={stop}
      onClick={() => {
        if (!isByPointer.current && !disabled) onHeld();
        isByPointer.current = false;
      }}
      className="relative min-h-24 w-full touch-none overflow-hidden rounded-xl border-2 border-stale bg-surface-1 px-4 text-xl font-semibold text-stale select-none disabled:opacity-50"
    >
      <span aria-hidden className="absolute inset-y-0 left-0 bg-stale/20" style={{ width: `${share * 100}%` }} />
      <span className="relative">{heldMs === null ? children : 'Keep holding…'}</span>
    </button>
  );
}
