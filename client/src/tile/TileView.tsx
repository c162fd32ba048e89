import type { Tile } from '@commonsight/types/wall';
import { type CSSProperties, memo, useRef } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useDropTarget } from '../drag/useDropTarget.ts';
import { classes } from '../ui/classes.ts';
import { dropOnSlot, dropSentence } from '../wall/dropOnSlot.ts';
import { DropHint } from '../wall/DropHint.tsx';
import { MoveTarget } from '../wall/MoveTarget.tsx';
import { useSlotFocus } from '../wall/useSlotFocus.ts';
import { TileCorners } from './TileCorners.tsx';
import { TileMessage } from './TileMessage.tsx';
import { useTileDrag } from './useTileDrag.ts';
import { useTileElement } from './useTileElement.ts';

export interface TileViewProps {
  tile: Tile;
  style?: CSSProperties;
  isMaximised?: boolean;
  /** Covered by the maximised tile: it stays in the page, so that its picture is there at once. */
  isCovered?: boolean;
  /** On a screen without controls. */
  isBare?: boolean;
}

/** One tile with its picture. It stays the same element wherever it moves, so that the picture never breaks. */
export const TileView = memo(function TileView({
  tile,
  style,
  isMaximised = false,
  isCovered = false,
  isBare = false,
}: TileViewProps) {
  const workspace = useWorkspace();
  const element = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const camera = useStore(workspace.cameras, (state) => state.byId.get(tile.cameraId));
  const isLit = useStore(workspace.attention, (state) => state.hoveredCameraId === tile.cameraId);
  const name = camera?.name ?? 'Camera';
  const { isSelected, props } = useSlotFocus(tile.slot, name, isCovered);
  useTileElement(tile, element, picture);

  const isMarked = isSelected && !isBare;
  const mayEdit = workspace.can('wall.edit');
  useTileDrag(element, tile, name, mayEdit);
  const hovering = useDropTarget(element, {
    canDrop: (dragged) => mayEdit && !(dragged.kind === 'tile' && dragged.tileId === tile.id),
    onDrop: (dragged) => void dropOnSlot(workspace, dragged, tile.slot),
  });

  return (
    <div
      ref={element}
      data-testid="tile"
      data-slot={tile.slot}
      data-camera-id={tile.cameraId}
      {...props}
      onDoubleClick={() => workspace.attention.setState({ maximisedTileId: isMaximised ? null : tile.id })}
      onPointerEnter={() => workspace.attention.setState({ hoveredCameraId: tile.cameraId })}
      onPointerLeave={() => workspace.attention.setState({ hoveredCameraId: null })}
      style={style}
      className={classes(
        'group/tile @container/tile relative isolate min-h-0 min-w-0 overflow-hidden border bg-[#05080b] outline-none',
        isMarked ? 'border-accent' : isLit ? 'border-accent/70' : 'border-line/70 focus-visible:border-accent',
        isCovered && 'invisible',
        isMaximised && 'z-3',
      )}
    >
      <div ref={picture} className="absolute inset-0 z-0" />
      <TileMessage tile={tile} />
      <TileCorners tile={tile} name={name} isMaximised={isMaximised} isBare={isBare} />
      {/* Makes the frame twice as wide. Only where it is: what lies over all of a picture is blended with each frame. */}
      <div
        className={classes(
          'pointer-events-none absolute inset-0 z-4 border border-accent',
          isMarked ? 'block' : 'hidden group-focus-visible/tile:block',
        )}
      />
      {hovering === null ? null : <DropHint>{dropSentence(hovering, name)}</DropHint>}
      <MoveTarget slot={tile.slot} />
    </div>
  );
});
