import type { Camera } from '@commonsight/types/camera';
import type { Incident } from '@commonsight/types/incident';
import { Check, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useCameraDrag } from '../drag/useCameraDrag.ts';
import { CameraMarkSymbol } from '../map/CameraMarkSymbol.tsx';
import { cameraMark, markWordOf } from '../map/cameraMark.ts';
import { ModeChip } from '../sharing/ModeChip.tsx';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { dockCameras } from '../wall/wallActs.ts';
import { formatDistance } from './format.ts';
import { PanelSection } from './PanelSection.tsx';
import type { NearCamera, NearCameras as Near } from './useNearCameras.ts';

const shownAtFirst = 5;

/** The cameras in reach of the incident, best first: those that see the place, then by distance. */
export function NearCameras({ incident, near }: { incident: Incident; near: Near }) {
  const workspace = useWorkspace();
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const [isLong, setIsLong] = useState(false);
  if (near.state === 'failed') {
    return (
      <PanelSection title="Nearest cameras">
        <p className="m-0 flex items-center gap-2 px-3 text-muted">
          <span className="grow">Not read: {near.message}</span>
          <Button size="sm" onClick={near.retry}>
            Try again
          </Button>
        </p>
      </PanelSection>
    );
  }
  if (near.state !== 'loaded') {
    return (
      <PanelSection title="Nearest cameras">
        <p className="m-0 px-3 text-muted">Looking for cameras in reach…</p>
      </PanelSection>
    );
  }
  const rows = near.value.cameras.flatMap((found) => {
    const camera = cameras.get(found.cameraId);
    return camera === undefined ? [] : [{ found, camera }];
  });
  const shown = isLong ? rows : rows.slice(0, shownAtFirst);
  return (
    <PanelSection
      title="Nearest cameras"
      count={rows.length}
      action={
        rows.length > shownAtFirst ? (
          <Button look="quiet" size="sm" aria-expanded={isLong} onClick={() => setIsLong(!isLong)}>
            {isLong ? 'Show fewer' : `Show ${String(rows.length - shownAtFirst)} more`}
          </Button>
        ) : null
      }
    >
      {rows.length === 0 ? <p className="m-0 px-3 text-muted">No camera is in reach of this place.</p> : null}
      <ul className="m-0 list-none px-1.5">
        {shown.map(({ found, camera }) => (
          <NearRow key={camera.id} incident={incident} camera={camera} found={found} />
        ))}
      </ul>
    </PanelSection>
  );
}

function NearRow({ incident, camera, found }: { incident: Incident; camera: Camera; found: NearCamera }) {
  const workspace = useWorkspace();
  const row = useRef<HTMLLIElement>(null);
  const isLit = useStore(workspace.attention, (state) => state.hoveredCameraId === camera.id);
  useCameraDrag(row, camera);
  const point = (cameraId: string | null) => () => workspace.attention.setState({ hoveredCameraId: cameraId });
  const isAdded = incident.cameraIds.includes(camera.id);
  const mark = cameraMark(camera);
  return (
    <li
      ref={row}
      data-near-camera={camera.id}
      onPointerEnter={point(camera.id)}
      onPointerLeave={point(null)}
      className={classes(
        'figures flex h-7.5 cursor-grab items-center gap-2 rounded-md px-1.5 active:cursor-grabbing',
        isLit ? 'bg-surface-3' : 'hover:bg-surface-3',
      )}
    >
      <CameraMarkSymbol mark={mark} isLabelled />
      <span className="min-w-0 grow truncate" title={`${camera.name}, ${markWordOf(camera)}`}>
        {camera.name}
      </span>
      <ModeChip mode={camera.sharingMode} />
      {found.coversPoint ? (
        <span
          className="shrink-0 rounded-sm bg-accent-soft px-1 text-2xs font-medium text-accent"
          title="Its view cone holds the place of the incident"
        >
          covers
        </span>
      ) : null}
      <span className="w-12 shrink-0 text-right text-xs text-muted">{formatDistance(found.distanceMetres)}</span>
      {workspace.can('incident.edit') && incident.closedAt === null ? (
        <button
          type="button"
          aria-label={isAdded ? `Show ${camera.name} on a tile` : `Add ${camera.name}`}
          title={isAdded ? 'Belongs to the incident. Press to show it on a tile.' : 'Add to the incident'}
          onFocus={point(camera.id)}
          onBlur={point(null)}
          onClick={() => void dockCameras(workspace, incident.id, [camera.id])}
          className={classes(
            'inline-flex size-6 shrink-0 items-center justify-center rounded-md border-0 bg-transparent hover:bg-surface-0 hover:text-text',
            isAdded ? 'text-live' : 'text-muted',
          )}
        >
          {isAdded ? <Check className="size-3.5" aria-hidden /> : <Plus className="size-3.5" aria-hidden />}
        </button>
      ) : null}
    </li>
  );
}
