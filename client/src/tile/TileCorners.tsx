import type { Tile } from '@commonsight/types/wall';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { BreakGlassMark } from '../grant/BreakGlassMark.tsx';
import { isShowingLive } from '../media/TileState.ts';
import { isUnderBreakGlass } from '../state/grants.ts';
import { incidentOfTile } from '../state/wantedTiles.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { AlertChip } from './AlertChip.tsx';
import { TileControls } from './TileControls.tsx';
import { tileWords } from './tileWords.ts';
import { TileWatchers } from './TileWatchers.tsx';

export interface TileCornersProps {
  tile: Tile;
  name: string;
  isMaximised: boolean;
  isBare: boolean;
}

/** What lies over the picture: number and name, incident, health with delay, who else watches, and the controls. */
export function TileCorners({ tile, name, isMaximised, isBare }: TileCornersProps) {
  return (
    <>
      <div className="pointer-events-none absolute inset-x-0 top-0 z-2 flex items-start">
        {/* On its own ground and in the corner itself: many cameras burn their name into the same place. */}
        <span className="pointer-events-auto flex min-w-0 items-center gap-1.5 bg-surface-0/90 px-2 py-px text-sm last:rounded-br-md leading-5 font-medium text-text @min-[300px]/tile:text-lg @min-[300px]/tile:leading-6">
          <span className="figures font-semibold text-muted">{tile.slot}</span>
          <span title={name} className="min-w-0 truncate">
            {name}
          </span>
        </span>
        <IncidentChip tile={tile} />
        <AlertChip cameraId={tile.cameraId} />
        <BreakGlassChip tile={tile} />
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 z-2 flex items-end gap-1.5">
        <TileHealth tile={tile} />
        <span className="grow" />
        {isBare ? null : <TileControls tile={tile} name={name} isMaximised={isMaximised} />}
        <TileWatchers cameraId={tile.cameraId} />
      </div>
    </>
  );
}

function TileHealth({ tile }: { tile: Tile }) {
  const { media } = useWorkspace();
  const state = useStore(media.tiles, (states) => states.get(tile.id));
  if (state === undefined) return null;
  const { kind, short } = tileWords(state, { localNowMs: 0, serverNowMs: 0 });
  return (
    <span className="flex h-6 min-w-0 items-center gap-1.5 rounded-tr-md bg-surface-0/90 px-2 text-xs text-text">
      <StatusSymbol kind={kind} className="size-2.5" />
      <span className="figures truncate" title={short}>
        {short}
      </span>
    </span>
  );
}

/** On the picture for as long as it is seen without an approval. */
function BreakGlassChip({ tile }: { tile: Tile }) {
  const { media, grants, clock, wall } = useWorkspace();
  const wallState = useStore(wall.store);
  const hasPicture = useStore(media.tiles, (states) => isShowingLive(states.get(tile.id)));
  const isBreakGlass = useStore(grants, (state) => {
    if (wallState.state !== 'joined') return false;
    const serverNowMs = clock.nowMs();
    const incidentId = incidentOfTile({ wall: wallState.wall, grants: state, serverNowMs }, tile);
    return incidentId !== null && isUnderBreakGlass(state, { cameraId: tile.cameraId, incidentId }, serverNowMs);
  });
  if (!hasPicture || !isBreakGlass) return null;
  return <BreakGlassMark className="pointer-events-auto ml-auto rounded-bl-md bg-surface-0/90 px-2 py-0.5 text-xs" />;
}

function IncidentChip({ tile }: { tile: Tile }) {
  const { incidents, attention } = useWorkspace();
  const incident = useStore(incidents, (state) =>
    tile.incidentId === null ? undefined : state.byId.get(tile.incidentId),
  );
  if (incident === undefined) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={incident.title}
      onClick={() => attention.setState({ selectedIncidentId: incident.id })}
      className="figures pointer-events-auto flex shrink-0 items-center gap-1 self-stretch rounded-br-md border-l border-line bg-surface-0/90 px-2 text-xs font-medium text-text hover:bg-surface-3"
    >
      <PrioritySymbol priority={incident.priority} className="size-2.5" />#{incident.number}
      {incident.closedAt === null ? null : <span className="text-muted">closed</span>}
    </button>
  );
}
