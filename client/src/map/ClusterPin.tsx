import type { Camera } from '@commonsight/types/camera';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { ModeChip } from '../sharing/ModeChip.tsx';
import { CameraCard } from './CameraCard.tsx';
import { type CameraMark, cameraMark, markColors, markWords, worstMark } from './cameraMark.ts';
import { CameraMarkSymbol } from './CameraMarkSymbol.tsx';
import { PinPopover } from './PinPopover.tsx';
import { useKeepFromMap } from './useKeepFromMap.ts';

const radius = 15;
const circumference = 2 * Math.PI * radius;
const shownMarks: readonly CameraMark[] = ['live', 'waiting', 'ready', 'notShared', 'warn', 'stale', 'off'];

export interface ClusterPinProps {
  cameras: readonly Camera[];
  /** Moves the map closer and answers true, or false when the cameras stay together however close one looks. */
  zoomIn: () => boolean;
}

/** Several cameras in one place: how many, in which shares of health, and the mark of the one that needs a look. */
export function ClusterPin({ cameras, zoomIn }: ClusterPinProps) {
  const workspace = useWorkspace();
  const pin = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<Camera | null>(null);
  const isLit = useStore(workspace.attention, (state) => cameras.some(({ id }) => id === state.hoveredCameraId));
  useKeepFromMap(pin);

  const marks = cameras.map(cameraMark);
  const worst = worstMark(marks);
  const counts = shownMarks
    .map((mark) => ({ mark, count: marks.filter((other) => other === mark).length }))
    .filter(({ count }) => count > 0);
  const words = counts.map(({ mark, count }) => `${String(count)} ${markWords[mark]}`).join(', ');
  return (
    <PinPopover
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (open && zoomIn()) return;
        setIsOpen(open);
        setChosen(null);
      }}
      label={`${String(cameras.length)} cameras`}
      trigger={
        <button
          ref={pin}
          type="button"
          data-cluster-pin={cameras.length}
          aria-label={`${String(cameras.length)} cameras: ${words}`}
          title={words}
          className="figures relative flex size-9 group-data-aiming/map:pointer-events-none items-center justify-center rounded-full border-0 bg-transparent p-0 text-sm font-semibold text-text"
        >
          <svg viewBox="-18 -18 36 36" aria-hidden className="absolute inset-0 size-full overflow-visible">
            {isLit ? <circle r="19" fill="var(--color-accent)" opacity="0.28" /> : null}
            <circle r="17.5" fill="#05080c" opacity="0.8" />
            <circle r={radius} fill="var(--color-surface-2)" stroke="var(--color-line)" strokeWidth="3" />
            <HealthShares counts={counts} total={cameras.length} />
          </svg>
          <span className="relative">{cameras.length}</span>
          {worst === 'ready' || worst === 'live' ? null : (
            <span className="absolute -top-0.5 -right-0.5 flex size-4 items-center justify-center rounded-full bg-surface-2 inset-ring inset-ring-line">
              <CameraMarkSymbol mark={worst} className="size-2.5" />
            </span>
          )}
        </button>
      }
    >
      {chosen === null ? (
        <ul className="m-0 max-h-72 list-none overflow-y-auto p-1">
          {cameras.map((camera) => (
            <li key={camera.id}>
              <button
                type="button"
                onClick={() => setChosen(camera)}
                className="flex min-h-7 w-full items-center gap-2 rounded-md border-0 bg-transparent px-2 text-left text-text hover:bg-surface-3"
              >
                <CameraMarkSymbol mark={cameraMark(camera)} isLabelled />
                <span className="min-w-0 truncate">{camera.name}</span>
                <ModeChip mode={camera.sharingMode} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <CameraCard camera={chosen} onDone={() => setIsOpen(false)} />
      )}
    </PinPopover>
  );
}

function HealthShares({ counts, total }: { counts: readonly { mark: CameraMark; count: number }[]; total: number }) {
  let before = 0;
  return counts.map(({ mark, count }) => {
    const start = (before / total) * circumference;
    const length = (count / total) * circumference;
    before += count;
    return (
      <circle
        key={mark}
        r={radius}
        fill="none"
        stroke={markColors[mark]}
        strokeWidth="3"
        strokeDasharray={`${String(Math.max(0, length - (counts.length > 1 ? 1.5 : 0)))} ${String(circumference)}`}
        strokeDashoffset={-start}
        transform="rotate(-90)"
      />
    );
  });
}
