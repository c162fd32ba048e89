import type { Position } from '@commonsight/types/position';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatDistance } from '../incident/format.ts';
import { placement } from '../incident/placement.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { nearestCamera } from './nearestCamera.ts';

export interface CrosshairProps {
  /** Where it stands, in pixels of the map. */
  point: { x: number; y: number };
  position: Position;
  onMove: (x: number, y: number) => void;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The place of a new incident, aimed at with the pointer or the arrow keys; Enter or a press on the map takes it. */
export function Crosshair({ point, position, onMove }: CrosshairProps) {
  const workspace = useWorkspace();
  const element = useRef<HTMLButtonElement>(null);
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const nearest = nearestCamera([...cameras.values()], position);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  function handleKey(press: KeyboardEvent) {
    const step = steps[press.key];
    if (step !== undefined) {
      const pixels = press.shiftKey ? 80 : 12;
      onMove(point.x + step[0] * pixels, point.y + step[1] * pixels);
    } else if (press.key === 'Escape') {
      placement.cancel();
    } else {
      return;
    }
    press.preventDefault();
    press.stopPropagation();
  }

  const place = nearest === null ? '' : `${formatDistance(nearest.distanceMetres)} from ${nearest.camera.name}`;
  return (
    <div className="pointer-events-none absolute inset-0 z-10 overflow-hidden rounded-[inherit]">
      <button
        ref={element}
        type="button"
        aria-label="Place the incident here. Arrow keys move the crosshair, Escape cancels."
        onKeyDown={handleKey}
        onClick={() => placement.place(position)}
        className="pointer-events-none absolute inset-0 size-full border-0 bg-transparent inset-ring-2 inset-ring-accent outline-none"
      />
      <svg
        viewBox="-24 -24 48 48"
        aria-hidden
        className="absolute size-12 -translate-x-1/2 -translate-y-1/2"
        style={{ left: point.x, top: point.y }}
      >
        <g fill="none" stroke="#05080c" strokeWidth="4" opacity="0.7">
          <CrosshairLines />
        </g>
        <g fill="none" stroke="var(--color-accent)" strokeWidth="1.6">
          <CrosshairLines />
        </g>
        <circle r="1.6" fill="var(--color-text)" />
      </svg>
      <div className="absolute inset-x-0 top-2 flex justify-center px-2">
        <div className="flex max-w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-md bg-surface-2 px-3 py-1.5 text-xs shadow-raised">
          <strong className="font-semibold text-text">Where is it?</strong>
          <span className="figures text-muted" aria-live="polite">
            {place}
          </span>
          <span className="flex items-center gap-1.5 text-muted">
            <Kbd>↑↓←→</Kbd> move <Kbd>Enter</Kbd> place <Kbd>Esc</Kbd> cancel
          </span>
        </div>
      </div>
    </div>
  );
}

function CrosshairLines() {
  return (
    <>
      <circle r="11" />
      <path d="M0 -22 V-6 M0 6 V22 M-22 0 H-6 M6 0 H22" />
    </>
  );
}
