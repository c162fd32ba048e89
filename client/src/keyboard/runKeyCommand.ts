import type { Screen, Tile } from '@commonsight/types/wall';
import { exhausted } from '../exhausted.ts';
import { renewAccess, renewTile } from '../grant/grantActs.ts';
import { openIncidents } from '../state/incidents.ts';
import { tileOnSlot } from '../state/wall.ts';
import type { Workspace } from '../state/Workspace.ts';
import { neighbourSlot } from '../wall/layoutCells.ts';
import { clearTile, dockCameras, moveTile, setLayout, undo } from '../wall/wallActs.ts';
import type { KeyCommand } from './consoleKeys.ts';

/** Does what a key asks for. Returns false for what means nothing now, so that the browser can have the key. */
export function runKeyCommand(workspace: Workspace, screen: Screen, command: KeyCommand): boolean {
  const { attention } = workspace;
  const { selectedSlot, moving, maximisedTileId } = attention.getState();
  const tile = selectedSlot === null ? null : tileOnSlot(screen, selectedSlot);
  const mayEdit = workspace.can('wall.edit');

  switch (command.command) {
    case 'selectSlot':
      return select(workspace, screen, command.slot);
    case 'moveSelection':
      return select(
        workspace,
        screen,
        neighbourSlot(screen.layout, moving?.toSlot ?? selectedSlot ?? 1, command.direction),
      );
    case 'startMove':
      if (tile === null || !mayEdit) return false;
      attention.setState({ moving: { tileId: tile.id, toSlot: tile.slot }, maximisedTileId: null });
      return true;
    case 'finishMove':
      return finishMove(workspace, screen);
    case 'maximise':
      if (tile === null) return false;
      attention.setState({ maximisedTileId: maximisedTileId === tile.id ? null : tile.id });
      return true;
    case 'clear':
      if (tile === null || !mayEdit) return false;
      void clearTile(workspace, tile.id);
      return true;
    case 'addToIncident':
      return tile !== null && addToIncident(workspace, tile);
    case 'renewAccess':
      return renew(workspace, tile);
    case 'findCamera':
      attention.setState({ openDialog: 'findCamera' });
      return true;
    case 'showKeys':
      attention.setState({ openDialog: 'keys' });
      return true;
    case 'undo':
      if (mayEdit) void undo(workspace);
      return mayEdit;
    case 'setLayout':
      if (mayEdit) void setLayout(workspace, command.layout);
      return mayEdit;
    case 'leave':
      if (moving === null && maximisedTileId === null) return false;
      attention.setState({ moving: null, ...(moving === null ? { maximisedTileId: null } : {}) });
      return true;
    default:
      return exhausted(command);
  }
}

/** Selects a slot, or while a tile is moved chooses where it goes. Where one tile is maximised, the next one takes over. */
function select(workspace: Workspace, screen: Screen, slot: number): boolean {
  const { attention } = workspace;
  const { moving, maximisedTileId } = attention.getState();
  if (moving !== null) {
    attention.setState({ moving: { ...moving, toSlot: slot } });
    return true;
  }
  const tile = tileOnSlot(screen, slot);
  const maximised = maximisedTileId === null ? null : (tile?.id ?? null);
  attention.setState({ selectedSlot: slot, maximisedTileId: maximised });
  document.querySelector<HTMLElement>(`[data-testid="tile"][data-slot="${slot}"]`)?.focus();
  return true;
}

function finishMove(workspace: Workspace, screen: Screen): boolean {
  const { moving } = workspace.attention.getState();
  if (moving === null) return false;
  workspace.attention.setState({ moving: null, selectedSlot: moving.toSlot });
  const tile = screen.tiles.find((candidate) => candidate.id === moving.tileId);
  if (tile !== undefined && tile.slot !== moving.toSlot) void moveTile(workspace, tile.id, moving.toSlot);
  return true;
}

/** Of the selected tile, otherwise of the incident that is open in the panel. */
function renew(workspace: Workspace, tile: Tile | null): boolean {
  if (!workspace.can('grant.request')) return false;
  if (tile !== null) {
    renewTile(workspace, tile);
    return true;
  }
  const { selectedIncidentId } = workspace.attention.getState();
  const incident =
    selectedIncidentId === null ? undefined : workspace.incidents.getState().byId.get(selectedIncidentId);
  if (incident === undefined || incident.closedAt !== null) return false;
  renewAccess(workspace, incident.id, incident.cameraIds);
  return true;
}

/** To the incident that is open in the panel, or to the only one there is; otherwise it is asked for. */
function addToIncident(workspace: Workspace, tile: Tile): boolean {
  if (!workspace.can('incident.edit')) return false;
  const incidents = openIncidents(workspace.incidents.getState());
  const { selectedIncidentId } = workspace.attention.getState();
  const chosen =
    incidents.find(({ id }) => id === selectedIncidentId) ?? (incidents.length === 1 ? incidents[0] : null);
  if (chosen === null || chosen === undefined) workspace.attention.setState({ openDialog: 'addToIncident' });
  else void dockCameras(workspace, chosen.id, [tile.cameraId]);
  return true;
}
