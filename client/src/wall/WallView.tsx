import { layoutSlots } from '@commonsight/types/layout';
import type { Screen } from '@commonsight/types/wall';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { TileView } from '../tile/TileView.tsx';
import { classes } from '../ui/classes.ts';
import { EmptySlot } from './EmptySlot.tsx';
import { type Cell, layoutCells, layoutColumns } from './layoutCells.ts';
import { MoveHint } from './MoveHint.tsx';

export interface WallViewProps {
  screen: Screen;
  /** Only tiles: no controls, no selection. */
  isBare?: boolean;
  /** One tile under the other, for a window too narrow for a grid. */
  isStacked?: boolean;
}

/** The tiles of one screen in their layout, as large as the space allows at 16:9. */
export function WallView({ screen, isBare = false, isStacked = false }: WallViewProps) {
  const { attention } = useWorkspace();
  const maximisedTileId = useStore(attention, (state) => state.maximisedTileId);
  const cells = layoutCells(screen.layout);
  const shown = screen.tiles.filter((tile) => tile.slot <= layoutSlots[screen.layout]);
  const taken = new Set(shown.map((tile) => tile.slot));
  const isMaximised = shown.some((tile) => tile.id === maximisedTileId);
  // Elements keep their order whatever moves where: a video that is taken out of the page and put back stumbles.
  const ordered = shown.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const columns = layoutColumns[screen.layout];
  return (
    <section
      aria-label={`Screen ${screen.number}`}
      className={classes('relative size-full', isStacked ? 'overflow-y-auto' : '[container-type:size]')}
    >
      <div
        className={
          isStacked
            ? 'flex flex-col gap-1 *:aspect-video *:shrink-0'
            : 'absolute top-1/2 left-1/2 grid aspect-video w-[min(100cqw,calc(100cqh*16/9))] -translate-1/2 gap-[3px]'
        }
        style={
          isStacked
            ? undefined
            : {
                gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                gridTemplateRows: `repeat(${columns}, minmax(0, 1fr))`,
              }
        }
      >
        {ordered.map((tile) => (
          <TileView
            key={tile.id}
            tile={tile}
            isBare={isBare}
            isMaximised={tile.id === maximisedTileId}
            isCovered={isMaximised && tile.id !== maximisedTileId}
            style={styleOf(cells, tile.slot, { isStacked, isMaximised: tile.id === maximisedTileId })}
          />
        ))}
        {cells
          .filter((cell) => !taken.has(cell.slot))
          .map((cell) => (
            <EmptySlot
              key={cell.slot}
              slot={cell.slot}
              isBare={isBare}
              isCovered={isMaximised}
              style={styleOf(cells, cell.slot, { isStacked, isMaximised: false })}
            />
          ))}
      </div>
      {isBare ? null : <MoveHint screen={screen} />}
    </section>
  );
}

function styleOf(cells: readonly Cell[], slot: number, { isStacked, isMaximised }: Record<string, boolean>) {
  if (isMaximised) return isStacked ? { order: -1 } : { gridArea: '1 / 1 / -1 / -1' };
  if (isStacked) return { order: slot };
  const cell = cells[slot - 1];
  if (cell === undefined) return {};
  return { gridArea: `${cell.row} / ${cell.column} / span ${cell.span} / span ${cell.span}` };
}
