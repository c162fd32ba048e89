import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { BigButton } from '../ui/public/BigButton.tsx';
import { Hold, holdMs } from './Hold.ts';

/** Who has pressed by mistake is not asked for ever; who needs time has it. */
const askForMs = 60_000;

interface HoldButtonProps {
  disabled?: boolean;
  /** On the button that asks once more. */
  confirmLabel: string;
  onHeld: () => void;
  children: ReactNode;
}

/**
 * A button that acts after it was held for two seconds: by a finger, a mouse, or the space or enter key. Who cannot hold it,
 * or presses it by a screen reader, a switch or the voice, is asked once more.
 */
export function HoldButton({ disabled = false, confirmLabel, onHeld, children }: HoldButtonProps) {
  const [heldMs, setHeldMs] = useState<number | null>(null);
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hintId = useId();
  const hold = useRef<Hold | null>(null);
  const act = useEffectEvent(() => onHeld());

  useEffect(() => {
    const made = new Hold({ onHeld: () => act(), onPressed: () => setAsking(true), onProgress: setHeldMs });
    hold.current = made;
    return () => made.cancel();
  }, []);
  useEffect(() => {
    // A button that is disabled while it is held may never hear that the finger has left.
    if (disabled) hold.current?.cancel();
  }, [disabled]);
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = window.setTimeout(() => setAsking(false), askForMs);
    return () => window.clearTimeout(timer);
  }, [isAsking]);

  function answer(isMeant: boolean): void {
    button.current?.focus();
    setAsking(false);
    if (isMeant) onHeld();
  }

  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  const share = heldMs === null ? 0 : Math.min(1, heldMs / holdMs);
  return (
    <>
      <button
        ref={button}
        type="button"
        disabled={disabled}
        aria-describedby={hintId}
        onPointerDown={() => hold.current?.press()}
        onPointerUp={() => hold.current?.release()}
        onPointerLeave={() => hold.current?.cancel()}
        onPointerCancel={() => hold.current?.cancel()}
        onContextMenu={(menu) => menu.preventDefault()}
        onKeyDown={(press) => {
          if (!isKey(press)) return;
          press.preventDefault();
          if (!press.repeat) hold.current?.press();
        }}
        onKeyUp={(release) => {
          if (!isKey(release)) return;
          release.preventDefault();
          hold.current?.releaseKey();
        }}
        onBlur={() => hold.current?.cancel()}
        onClick={() => hold.current?.click()}
        className="relative min-h-24 w-full touch-none overflow-hidden rounded-xl border-2 border-stale bg-surface-1 px-4 text-xl font-semibold text-stale select-none disabled:opacity-50"
      >
        <span aria-hidden className="absolute inset-y-0 left-0 bg-stale/20" style={{ width: `${share * 100}%` }} />
        <span className="relative">{heldMs === null ? children : 'Keep holding…'}</span>
      </button>
      <p id={hintId} className="m-0 mt-1 text-muted">
        Hold for two seconds, or press once and confirm.
      </p>
      {isAsking && !disabled ? (
        <div className="mt-2 flex flex-wrap gap-3">
          <ConfirmButton onConfirm={() => answer(true)}>{confirmLabel}</ConfirmButton>
          <BigButton onClick={() => answer(false)}>Not now</BigButton>
        </div>
      ) : null}
    </>
  );
}

/** Takes the focus when it comes, so that it is read out and one more press is enough. */
function ConfirmButton({ onConfirm, children }: { onConfirm: () => void; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <BigButton ref={button} look="danger" onClick={onConfirm}>
      {children}
    </BigButton>
  );
}
