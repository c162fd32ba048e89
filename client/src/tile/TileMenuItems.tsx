import { layoutSlots } from '@commonsight/types/layout';
import type { Tile } from '@commonsight/types/wall';
import { FolderPlus, MapPin, MonitorUp, Move, Search, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { currentScreen } from '../state/wall.ts';
import { MenuItem, MenuSeparator, Submenu } from '../ui/Menu.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { clearTile, dockCameras, moveTile } from '../wall/wallActs.ts';

/** Only there while the menu is open, so that tiles do not follow the wall and the incidents for it. */
export function TileMenuItems({ tile }: { tile: Tile }) {
  const workspace = useWorkspace();
  const wall = useStore(workspace.wall.store);
  const camera = useStore(workspace.cameras, (state) => state.byId.get(tile.cameraId));
  const incidents = openIncidents(useStore(workspace.incidents));
  const screen = currentScreen(wall);
  if (wall.state !== 'joined' || screen === null) return null;
  const mayEdit = workspace.can('wall.edit');
  const slots = Array.from({ length: layoutSlots[screen.layout] }, (_, i) => i + 1).filter(
    (slot) => slot !== tile.slot,
  );
  const otherScreens = wall.wall.screens.filter((other) => other.number !== wall.screen);

  return (
    <>
      {mayEdit ? (
        <>
          <Submenu label="Move to tile" icon={<Move aria-hidden />}>
            {slots.map((slot) => {
              const there = screen.tiles.find((other) => other.slot === slot);
              return (
                <MenuItem key={slot} onSelect={() => void moveTile(workspace, tile.id, slot)}>
                  {slot}
                  {there === undefined ? '' : `, swap with ${cameraName(workspace, there.cameraId)}`}
                </MenuItem>
              );
            })}
          </Submenu>
          {otherScreens.length === 0 ? null : (
            <Submenu label="Move to screen" icon={<MonitorUp aria-hidden />}>
              {otherScreens.map((other) => (
                <MenuItem
                  key={other.number}
                  onSelect={() => void moveTile(workspace, tile.id, freeSlot(other.tiles, other.layout), other.number)}
                >
                  Screen {other.number}
                </MenuItem>
              ))}
            </Submenu>
          )}
          <MenuItem
            icon={<Search aria-hidden />}
            shortcut="/"
            onSelect={() => workspace.attention.setState({ selectedSlot: tile.slot, openDialog: 'findCamera' })}
          >
            Other camera
          </MenuItem>
        </>
      ) : null}
      {workspace.can('incident.edit') ? (
        <Submenu label="Add to incident" icon={<FolderPlus aria-hidden />}>
          {incidents.map((incident) => (
            <MenuItem
              key={incident.id}
              icon={<PrioritySymbol priority={incident.priority} />}
              isDisabled={tile.incidentId === incident.id}
              onSelect={() => void dockCameras(workspace, incident.id, [tile.cameraId])}
            >
              #{incident.number} {incident.title}
            </MenuItem>
          ))}
          {incidents.length === 0 ? (
            <MenuItem isDisabled onSelect={() => undefined}>
              No incident is open
            </MenuItem>
          ) : null}
        </Submenu>
      ) : null}
      <MenuItem
        icon={<MapPin aria-hidden />}
        isDisabled={camera === undefined}
        onSelect={() =>
          camera === undefined
            ? undefined
            : workspace.attention.setState({ mapFocus: { ...camera.position, at: Date.now() } })
        }
      >
        Show on map
      </MenuItem>
      {mayEdit ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<X aria-hidden />} shortcut="Del" onSelect={() => void clearTile(workspace, tile.id)}>
            Clear tile
          </MenuItem>
        </>
      ) : null}
    </>
  );
}

function cameraName(workspace: ReturnType<typeof useWorkspace>, cameraId: string): string {
  return workspace.cameras.getState().byId.get(cameraId)?.name ?? 'a camera';
}

function freeSlot(tiles: readonly Tile[], layout: keyof typeof layoutSlots): number {
  const taken = new Set(tiles.map((tile) => tile.slot));
  for (let slot = 1; slot <= layoutSlots[layout]; slot += 1) if (!taken.has(slot)) return slot;
  return 1;
}
