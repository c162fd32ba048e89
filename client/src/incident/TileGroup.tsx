import type { Incident } from '@commonsight/types/incident';
import type { Screen } from '@commonsight/types/wall';
import { LayoutGrid, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { IncidentDropTarget } from '../drag/IncidentDropTarget.tsx';
import { CameraMarkSymbol } from '../map/CameraMarkSymbol.tsx';
import { cameraMark } from '../map/cameraMark.ts';
import { currentScreen } from '../state/wall.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { clearTile, dockCameras } from '../wall/wallActs.ts';
import { formatCount } from './format.ts';
import { freeSlots, type GroupTile, groupTiles, planDocking } from './incidentCameras.ts';
import { PanelSection } from './PanelSection.tsx';

/** The incident's tiles on this wall, where cameras and tiles are dropped, and the one press that shows its cameras. */
export function TileGroup({ incident, nearIds }: { incident: Incident; nearIds: readonly string[] }) {
  const workspace = useWorkspace();
  const wallState = useStore(workspace.wall.store);
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const [isDocking, setIsDocking] = useState(false);
  if (wallState.state !== 'joined') return null;
  const screen = currentScreen(wallState);
  const tiles = groupTiles(wallState.wall, incident.id);
  const canEdit = workspace.can('incident.edit') && incident.closedAt === null;
  const plan =
    screen === null || !canEdit ? null : planDocking(incident, nearIds, wallState.wall.incidentId, screen, cameras);
  const dock = (cameraIds: string[]): void => {
    setIsDocking(true);
    void dockCameras(workspace, incident.id, cameraIds).finally(() => setIsDocking(false));
  };
  return (
    <PanelSection
      title="Tiles"
      count={tiles.length}
      action={
        plan === null ? null : (
          <Button size="sm" disabled={isDocking} onClick={() => dock(plan.cameraIds)}>
            <LayoutGrid className="size-3.5" aria-hidden />
            {plan.source === 'incident'
              ? `Show its cameras (${String(plan.cameraIds.length)})`
              : `Show nearest ${formatCount(plan.cameraIds.length, 'camera')}`}
          </Button>
        )
      }
    >
      <IncidentDropTarget incident={incident} className="mx-3 rounded-md">
        <div
          className={classes(
            'grid min-h-9 items-center gap-1 rounded-md border border-dashed border-line-strong p-1',
            tiles.length > 0 && 'grid-cols-[repeat(auto-fill,minmax(8.25rem,1fr))]',
          )}
        >
          {tiles.map((item) => (
            <TileChip key={item.tile.id} item={item} isHere={item.screen === wallState.screen} canClear={canEdit} />
          ))}
          {tiles.length === 0 ? (
            <span className="px-1 text-center text-xs text-muted">
              {canEdit ? 'Drop a camera or a tile here.' : 'None on this wall.'}
            </span>
          ) : null}
        </div>
      </IncidentDropTarget>
      {canEdit && plan === null && isCrowdedOut(incident, screen) ? (
        <p className="mx-3 mt-1.5 mb-0 text-xs text-muted">
          No tile of this screen is free. Clear one or choose a larger layout.
        </p>
      ) : null}
    </PanelSection>
  );
}

/** Whether cameras of the incident find no place on the screen. */
function isCrowdedOut({ cameraIds }: Incident, screen: Screen | null): boolean {
  if (screen === null || freeSlots(screen) > 0) return false;
  const onScreen = new Set(screen.tiles.map((tile) => tile.cameraId));
  return cameraIds.length === 0 || cameraIds.some((id) => !onScreen.has(id));
}

function TileChip({ item, isHere, canClear }: { item: GroupTile; isHere: boolean; canClear: boolean }) {
  const workspace = useWorkspace();
  const { tile, screen, isHidden } = item;
  const camera = useStore(workspace.cameras, (state) => state.byId.get(tile.cameraId));
  const isLit = useStore(workspace.attention, (state) => state.hoveredCameraId === tile.cameraId);
  const point = (cameraId: string | null) => () => workspace.attention.setState({ hoveredCameraId: cameraId });
  const name = camera?.name ?? 'Camera not found';
  const where = isHere ? `tile ${String(tile.slot)}` : `screen ${String(screen)}, tile ${String(tile.slot)}`;
  return (
    <span
      onPointerEnter={point(tile.cameraId)}
      onPointerLeave={point(null)}
      className={classes(
        'flex h-6 min-w-0 items-center rounded-md bg-surface-3 inset-ring',
        isLit ? 'inset-ring-accent' : 'inset-ring-line-strong',
        isHidden && 'opacity-60',
      )}
    >
      <button
        type="button"
        title={isHidden ? `${name}, ${where}: hidden by the layout` : `${name}, ${where}`}
        onClick={() => (isHere ? workspace.attention.setState({ selectedSlot: tile.slot }) : undefined)}
        onFocus={point(tile.cameraId)}
        onBlur={point(null)}
        className="figures flex h-full min-w-0 grow items-center gap-1.5 rounded-md border-0 bg-transparent px-1.5 text-text"
      >
        <span className="font-semibold">{isHere ? tile.slot : `${String(screen)}·${String(tile.slot)}`}</span>
        {camera === undefined ? null : <CameraMarkSymbol mark={cameraMark(camera)} isLabelled className="size-2.5" />}
        <span className="min-w-0 truncate text-xs text-muted">{name}</span>
      </button>
      {canClear && workspace.can('wall.edit') ? (
        <button
          type="button"
          aria-label={`Clear ${where}, ${name}`}
          title={`Clear ${where}`}
          onClick={() => void clearTile(workspace, tile.id)}
          className="flex h-full items-center rounded-r-md border-0 bg-transparent pr-1 pl-0.5 text-subtle hover:text-text"
        >
          <X className="size-3" aria-hidden />
        </button>
      ) : null}
    </span>
  );
}
