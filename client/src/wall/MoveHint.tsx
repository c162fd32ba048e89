import type { Screen } from '@commonsight/types/wall';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { moveTile } from './wallActs.ts';

/** While a tile is moved by keys: where it would go, and which keys do it. */
export function MoveHint({ screen }: { screen: Screen }) {
  const workspace = useWorkspace();
  const moving = useStore(workspace.attention, (state) => state.moving);
  const tile = screen.tiles.find((candidate) => candidate.id === moving?.tileId);
  const camera = useStore(workspace.cameras, (state) => state.byId.get(tile?.cameraId ?? ''));
  const there = screen.tiles.find((candidate) => candidate.slot === moving?.toSlot);
  const thereCamera = useStore(workspace.cameras, (state) => state.byId.get(there?.cameraId ?? ''));
  if (moving === null || tile === undefined) return null;
  const isElsewhere = moving.toSlot !== tile.slot;
  const finish = (): void => {
    workspace.attention.setState({ moving: null, selectedSlot: moving.toSlot });
    if (isElsewhere) void moveTile(workspace, tile.id, moving.toSlot);
  };
  return (
    <output className="absolute bottom-3 left-1/2 z-10 flex w-max max-w-[96%] -translate-x-1/2 flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-lg bg-surface-3 px-3 py-2 shadow-raised">
      <span className="text-text">
        {isElsewhere ? (
          <>
            <strong>{camera?.name ?? 'Tile'}</strong> to <strong className="figures">{moving.toSlot}</strong>
            {there === undefined ? '' : `, swapping with ${thereCamera?.name ?? 'what is there'}`}
          </>
        ) : (
          <>
            Where should <strong>{camera?.name ?? 'the tile'}</strong> go?
          </>
        )}
      </span>
      <span className="flex items-center gap-1 text-muted">
        <Kbd>1</Kbd>…<Kbd>9</Kbd> or arrows, then <Kbd>Enter</Kbd>
      </span>
      <span className="flex gap-1.5">
        <Button size="sm" look="quiet" onClick={() => workspace.attention.setState({ moving: null })}>
          Cancel
        </Button>
        <Button size="sm" look="primary" disabled={!isElsewhere} onClick={finish}>
          Move here
        </Button>
      </span>
    </output>
  );
}
