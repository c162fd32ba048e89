import type { Camera } from '@commonsight/types/camera';
import type { ViewCone } from '@commonsight/types/position';
import { memo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useCameraDrag } from '../drag/useCameraDrag.ts';
import { currentScreen } from '../state/wall.ts';
import { classes } from '../ui/classes.ts';
import { CameraCard } from './CameraCard.tsx';
import { cameraMark, markColors, markWordOf } from './cameraMark.ts';
import { CameraMarkSymbol } from './CameraMarkSymbol.tsx';
import { PinPopover } from './PinPopover.tsx';
import { useKeepFromMap } from './useKeepFromMap.ts';

/**
 * A camera on the map: its mark, where it looks, the number of its tile on this screen. It can be dragged onto tiles
 * and incidents; Enter opens the card that does the same.
 */
export const CameraPin = memo(function CameraPin({ camera }: { camera: Camera }) {
  const workspace = useWorkspace();
  const pin = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const isLit = useStore(workspace.attention, (state) => state.hoveredCameraId === camera.id);
  const slot = useStore(
    workspace.wall.store,
    (state) => currentScreen(state)?.tiles.find((tile) => tile.cameraId === camera.id)?.slot ?? null,
  );
  useCameraDrag(pin, camera);
  useKeepFromMap(pin);

  const mark = cameraMark(camera);
  const point = (): void => workspace.attention.setState({ hoveredCameraId: camera.id });
  const unpoint = (): void => {
    if (workspace.attention.getState().hoveredCameraId === camera.id)
      workspace.attention.setState({ hoveredCameraId: null });
  };
  return (
    <PinPopover
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      label={camera.name}
      trigger={
        <button
          ref={pin}
          type="button"
          data-camera-pin={camera.id}
          aria-label={`${camera.name}, ${markWordOf(camera)}${slot === null ? '' : `, on tile ${String(slot)}`}`}
          onPointerEnter={point}
          onPointerLeave={unpoint}
          onFocus={point}
          onBlur={unpoint}
          className="group relative flex size-7 group-data-aiming/map:pointer-events-none cursor-grab items-center justify-center rounded-full border-0 bg-transparent p-0 active:cursor-grabbing"
        >
          <PinShape color={markColors[mark]} cone={camera.viewCone} isLit={isLit || isOpen} />
          <CameraMarkSymbol mark={mark} className="relative size-2.5" />
          {slot === null ? null : (
            <span className="figures absolute -top-1.5 -right-1.5 min-w-3.5 rounded-sm bg-surface-3 px-0.5 text-center text-[10px] leading-3.5 font-semibold text-text inset-ring inset-ring-line-strong">
              {slot}
            </span>
          )}
          <span
            className={classes(
              'pointer-events-none absolute top-full left-1/2 max-w-36 -translate-x-1/2 truncate px-1 text-2xs leading-3.5 font-medium text-text [text-shadow:0_0_3px_#0b1017,0_0_3px_#0b1017,0_1px_4px_#0b1017]',
              isLit || isOpen ? 'block' : 'hidden group-focus-visible:block group-data-names/map:block',
            )}
          >
            {camera.name}
          </span>
        </button>
      }
    >
      <CameraCard camera={camera} onDone={() => setIsOpen(false)} />
    </PinPopover>
  );
});

function PinShape({ color, cone, isLit }: { color: string; cone: ViewCone; isLit: boolean }) {
  return (
    <svg
      viewBox="-14 -14 28 28"
      aria-hidden
      className={classes(
        'absolute inset-0 size-full overflow-visible transition-transform group-hover:scale-115',
        isLit && 'scale-115',
      )}
    >
      {isLit ? <circle r="13.5" fill="var(--color-accent)" opacity="0.28" /> : null}
      {cone.angleDegrees >= 360 ? null : (
        <path
          d="M-5 -8 L0 -13.5 L5 -8 Z"
          fill={isLit ? 'var(--color-accent)' : color}
          transform={`rotate(${String(cone.bearingDegrees)})`}
        />
      )}
      <circle r="8.6" fill="var(--color-surface-2)" stroke="#05080c" strokeWidth="3.4" />
      <circle
        r="8.6"
        fill="var(--color-surface-2)"
        stroke={isLit ? 'var(--color-accent)' : color}
        strokeWidth={isLit ? 2 : 1.5}
      />
    </svg>
  );
}
