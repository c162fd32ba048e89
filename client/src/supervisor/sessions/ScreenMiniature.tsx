import type { Camera } from '@commonsight/types/camera';
import type { Id } from '@commonsight/types/ids';
import type { Screen, Tile } from '@commonsight/types/wall';
import { useStore } from 'zustand';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { cameraWords } from '../../console/cameraWords.ts';
import { cameraHealth } from '../../state/cameras.ts';
import { tileOnSlot } from '../../state/wall.ts';
import { StatusSymbol } from '../../ui/StatusSymbol.tsx';
import { type Cell, layoutCells, layoutColumns } from '../../wall/layoutCells.ts';

export interface ScreenMiniatureProps {
  screen: Screen;
  /** The cameras whose pictures flow to the session. */
  watchedCameras: ReadonlySet<Id>;
}

/** A screen as a drawing: names and states, and no picture, for which one needs a grant. */
export function ScreenMiniature({ screen, watchedCameras }: ScreenMiniatureProps) {
  const columns = layoutColumns[screen.layout];
  return (
    <figure className="m-0">
      <ul
        aria-label={`Screen ${String(screen.number)}`}
        className="m-0 grid aspect-video list-none gap-px overflow-hidden rounded-md bg-line p-px"
        style={{
          gridTemplateColumns: `repeat(${String(columns)}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${String(columns)}, minmax(0, 1fr))`,
        }}
      >
        {layoutCells(screen.layout).map((cell) => (
          <li
            key={cell.slot}
            data-miniature-slot={cell.slot}
            className="flex min-w-0 flex-col justify-between overflow-hidden bg-surface-0 p-1"
            style={placeOf(cell)}
          >
            <MiniatureTile slot={cell.slot} tile={tileOnSlot(screen, cell.slot)} watchedCameras={watchedCameras} />
          </li>
        ))}
      </ul>
      <figcaption className="figures mt-1 text-xs text-muted">Screen {screen.number}</figcaption>
    </figure>
  );
}

function placeOf({ column, row, span }: Cell) {
  return {
    gridColumn: `${String(column)} / span ${String(span)}`,
    gridRow: `${String(row)} / span ${String(span)}`,
  };
}

interface MiniatureTileProps {
  slot: number;
  tile: Tile | null;
  watchedCameras: ReadonlySet<Id>;
}

function MiniatureTile({ slot, tile, watchedCameras }: MiniatureTileProps) {
  const { cameras } = useWorkspace();
  const camera = useStore(cameras, ({ byId }) => (tile === null ? undefined : byId.get(tile.cameraId)));
  if (tile === null) return <span className="figures text-2xs text-subtle">{slot} empty</span>;
  const name = camera?.name ?? 'Camera out of your reach';
  const isWatched = watchedCameras.has(tile.cameraId);
  const state = isWatched ? 'watched' : camera === undefined ? 'not watched' : notWatchedWords(camera);
  return (
    <>
      <span className="truncate text-2xs font-medium" title={name}>
        <span className="figures text-muted">{slot}</span> {name}
      </span>
      <span className="flex min-w-0 items-center gap-1 text-2xs text-muted">
        <StatusSymbol kind={isWatched ? 'live' : 'off'} className="size-2" />
        <span className="truncate">{state}</span>
      </span>
    </>
  );
}

/** A camera that runs for somebody else is not watched here; one that has a fault says so. */
function notWatchedWords(camera: Camera): string {
  const { state } = cameraHealth(camera);
  const hasFault = state === 'cameraOffline' || state === 'relayOffline' || state === 'stale';
  return hasFault ? cameraWords(camera).word : 'not watched';
}
