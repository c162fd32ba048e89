import type { Id } from '@commonsight/types/ids';
import { Eye } from 'lucide-react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Tooltip } from '../ui/Tooltip.tsx';

/** How many others watch the camera; their names on hover. Nobody watches unseen. */
export function TileWatchers({ cameraId }: { cameraId: Id }) {
  const { cameras, me } = useWorkspace();
  const watchers = useStore(cameras, (state) => state.byId.get(cameraId)?.watchers);
  const others = (watchers ?? []).filter((watcher) => watcher.userId !== me.user.id);
  if (others.length === 0) return null;
  const names = others.map((watcher) => watcher.name).join(', ');
  return (
    <Tooltip text={`Also watching: ${names}`} side="top">
      <span className="figures pointer-events-auto flex h-6 shrink-0 items-center gap-1 rounded-tl-md bg-surface-0/90 px-2 text-xs text-text">
        <Eye className="size-3.5 text-muted" aria-hidden />
        <span aria-hidden>{others.length}</span>
        <span className="sr-only">Also watching: {names}</span>
      </span>
    </Tooltip>
  );
}
