import type { Camera } from '@commonsight/types/camera';
import { Eye, GripVertical, LayoutGrid } from 'lucide-react';
import { memo, useRef } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useCameraDrag } from '../drag/useCameraDrag.ts';
import { CameraMarkSymbol } from '../map/CameraMarkSymbol.tsx';
import { ModeChip } from '../sharing/ModeChip.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { assignCamera } from '../wall/wallActs.ts';
import { cameraWords } from './cameraWords.ts';

/** One camera of the list. The whole row is dragged; the button is the same without a pointer. */
export const CameraRow = memo(function CameraRow({ camera }: { camera: Camera }) {
  const workspace = useWorkspace();
  const { attention } = workspace;
  const row = useRef<HTMLDivElement>(null);
  useCameraDrag(row, camera);
  const isLit = useStore(attention, (state) => state.hoveredCameraId === camera.id);
  const { mark, word } = cameraWords(camera);
  const mayOpen = workspace.can('wall.edit');
  return (
    <div
      ref={row}
      data-camera-row={camera.id}
      onPointerEnter={() => attention.setState({ hoveredCameraId: camera.id })}
      onPointerLeave={() => attention.setState({ hoveredCameraId: null })}
      onDoubleClick={() => (mayOpen ? void assignCamera(workspace, camera.id) : undefined)}
      className={classes(
        'group/row flex h-full cursor-grab items-center gap-2 pr-2 pl-1 hover:bg-surface-2 active:cursor-grabbing',
        isLit && 'bg-surface-2',
      )}
    >
      <GripVertical className="size-3.5 shrink-0 text-faint opacity-0 group-hover/row:opacity-100" aria-hidden />
      <CameraMarkSymbol mark={mark} isLabelled />
      <span className="figures w-5 shrink-0 text-right text-xs text-muted">{camera.number}</span>
      <span className="min-w-0 grow truncate text-text" title={`${camera.name}, ${camera.siteName}. ${word}.`}>
        {camera.name}
      </span>
      <ModeChip mode={camera.sharingMode} />
      <RowWatchers camera={camera} />
      {mayOpen ? (
        <IconButton
          size="sm"
          label={`Open ${camera.name} on the wall`}
          className="-mr-1 w-0! overflow-hidden opacity-0 group-focus-within/row:w-6! group-focus-within/row:opacity-100 group-hover/row:w-6! group-hover/row:opacity-100"
          onClick={() => void assignCamera(workspace, camera.id)}
        >
          <LayoutGrid aria-hidden />
        </IconButton>
      ) : null}
    </div>
  );
});

function RowWatchers({ camera: { watchers } }: { camera: Camera }) {
  if (watchers.length === 0) return null;
  const names = watchers.map((watcher) => watcher.name).join(', ');
  return (
    <Tooltip text={`Watching now: ${names}`} side="right">
      <span className="figures flex shrink-0 items-center gap-1 text-xs text-muted">
        <Eye className="size-3.5" aria-hidden />
        {watchers.length}
      </span>
    </Tooltip>
  );
}
