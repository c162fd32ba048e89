import type { Tile } from '@commonsight/types/wall';
import { FolderPlus, Maximize2, Minimize2, Move } from 'lucide-react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { TileMenu } from './TileMenu.tsx';

export interface TileControlsProps {
  tile: Tile;
  name: string;
  isMaximised: boolean;
}

/** Appear when the pointer or the focus is on the tile, and where there is no pointer that hovers, when it is selected. */
export function TileControls({ tile, name, isMaximised }: TileControlsProps) {
  const { attention, can } = useTileWork();
  return (
    <div className="pointer-events-auto mb-1 hidden shrink-0 items-center rounded-md bg-surface-1/90 group-focus-within/tile:flex group-hover/tile:flex has-data-popup-open:flex">
      <IconButton
        size="sm"
        label={isMaximised ? `Show all tiles` : `Maximise ${name}`}
        shortcut="F"
        onClick={() => attention.setState({ maximisedTileId: isMaximised ? null : tile.id })}
      >
        {isMaximised ? <Minimize2 aria-hidden /> : <Maximize2 aria-hidden />}
      </IconButton>
      {can('wall.edit') && !isMaximised ? (
        <IconButton
          size="sm"
          label={`Move ${name}`}
          shortcut="M"
          className="@max-[240px]/tile:hidden"
          onClick={() => attention.setState({ moving: { tileId: tile.id, toSlot: tile.slot } })}
        >
          <Move aria-hidden />
        </IconButton>
      ) : null}
      {can('incident.edit') ? (
        <IconButton
          size="sm"
          label={`Add ${name} to an incident`}
          shortcut="I"
          className="@max-[240px]/tile:hidden"
          onClick={() => attention.setState({ selectedSlot: tile.slot, openDialog: 'addToIncident' })}
        >
          <FolderPlus aria-hidden />
        </IconButton>
      ) : null}
      <TileMenu tile={tile} name={name} />
    </div>
  );
}

function useTileWork() {
  const workspace = useWorkspace();
  return { attention: workspace.attention, can: workspace.can.bind(workspace) };
}
