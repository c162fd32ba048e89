import type { Camera } from '@commonsight/types/camera';
import { MapPinOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useCameraDrag } from '../drag/useCameraDrag.ts';
import { formatDistance } from '../incident/format.ts';
import { ModeChip } from '../sharing/ModeChip.tsx';
import { CameraCard } from './CameraCard.tsx';
import { cameraMark } from './cameraMark.ts';
import { CameraMarkSymbol } from './CameraMarkSymbol.tsx';
import { distanceMetres } from './geometry.ts';
import { PinPopover } from './PinPopover.tsx';

/** In place of the map: why there is none, and the cameras as a list, nearest to the selected incident first. */
export function MapFallback({ reason }: { reason: string }) {
  const workspace = useWorkspace();
  const byId = useStore(workspace.cameras, (state) => state.byId);
  const order = useStore(workspace.cameras, (state) => state.order);
  const incident = useStore(workspace.incidents, (state) => state.byId).get(
    useStore(workspace.attention, (state) => state.selectedIncidentId) ?? '',
  );
  const rows = order
    .flatMap((id) => byId.get(id) ?? [])
    .map((camera) => ({
      camera,
      distance: incident === undefined ? null : distanceMetres(camera.position, incident.position),
    }))
    .toSorted((a, b) => (a.distance ?? 0) - (b.distance ?? 0));
  return (
    <section aria-label="Map" className="flex size-full flex-col bg-surface-1">
      <p className="m-0 flex items-center gap-2 border-b border-line px-3 py-2 text-muted">
        <MapPinOff className="size-4 shrink-0" aria-hidden />
        <span>
          {reason}{' '}
          {incident === undefined
            ? 'The cameras as a list:'
            : `The cameras from incident #${String(incident.number)} outwards:`}
        </span>
      </p>
      <ul className="m-0 grid min-h-0 list-none grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] content-start gap-px overflow-y-auto p-1">
        {rows.map(({ camera, distance }) => (
          <li key={camera.id}>
            <FallbackRow camera={camera} distance={distance} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FallbackRow({ camera, distance }: { camera: Camera; distance: number | null }) {
  const row = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useCameraDrag(row, camera);
  return (
    <PinPopover
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      label={camera.name}
      trigger={
        <button
          ref={row}
          type="button"
          className="flex min-h-7 w-full items-center gap-2 rounded-md border-0 bg-transparent px-2 text-left text-text hover:bg-surface-3"
        >
          <CameraMarkSymbol mark={cameraMark(camera)} isLabelled />
          <span className="min-w-0 grow truncate">{camera.name}</span>
          <ModeChip mode={camera.sharingMode} />
          {distance === null ? null : (
            <span className="figures shrink-0 text-xs whitespace-nowrap text-muted">{formatDistance(distance)}</span>
          )}
        </button>
      }
    >
      <CameraCard camera={camera} onDone={() => setIsOpen(false)} />
    </PinPopover>
  );
}
