import type { Answer } from '@commonsight/types/answer';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Layout } from '@commonsight/types/layout';
import { call } from '../api/call.ts';
import { currentScreen, slotForNewTile } from '../state/wall.ts';
import type { Workspace } from '../state/Workspace.ts';
import { tell, tellError, tellFailure } from '../ui/toast.tsx';

/*
 * What a user does to the wall, whichever way it was asked for (drag, key, menu): each asks the server and says what
 * came of it.
 */

/** Puts a camera on a slot of the screen in this window; without a slot, on the selected or the first free one. */
export async function assignCamera(workspace: Workspace, cameraId: Id, slot?: number): Promise<boolean> {
  const wall = workspace.wall.store.getState();
  const screen = currentScreen(wall);
  if (wall.state !== 'joined' || screen === null) {
    tellError('Open a wall first.');
    return false;
  }
  workspace.grantFlow.invite(cameraId);
  const target = slot ?? slotForNewTile(screen, workspace.attention.getState().selectedSlot);
  const answer = await workspace.wall.assignTile(wall.wallId, screen.number, target, cameraId, null);
  if (!tellFailure(answer)) return false;
  tellUndoable(workspace, `${cameraName(workspace, cameraId)} is on tile ${target}.`);
  return true;
}

/** Moves a tile to a slot of the screen in this window; a tile that is there takes the free place. */
export async function moveTile(workspace: Workspace, tileId: Id, toSlot: number, toScreen?: number): Promise<boolean> {
  const wall = workspace.wall.store.getState();
  if (wall.state !== 'joined') return false;
  const screen = toScreen ?? wall.screen;
  const answer = await workspace.wall.moveTile(wall.wallId, tileId, screen, toSlot);
  if (!tellFailure(answer)) return false;
  tellUndoable(
    workspace,
    screen === wall.screen ? `Tile moved to ${toSlot}.` : `Tile moved to screen ${screen}, ${toSlot}.`,
  );
  return true;
}

export async function clearTile(workspace: Workspace, tileId: Id): Promise<boolean> {
  const wall = workspace.wall.store.getState();
  if (wall.state !== 'joined') return false;
  const answer = await workspace.wall.clearTile(wall.wallId, tileId);
  if (!tellFailure(answer)) return false;
  tellUndoable(workspace, 'Tile cleared.');
  return true;
}

export async function setLayout(workspace: Workspace, layout: Layout): Promise<boolean> {
  const wall = workspace.wall.store.getState();
  if (wall.state !== 'joined') return false;
  workspace.attention.setState({ maximisedTileId: null });
  return tellFailure(await workspace.wall.setLayout(wall.wallId, wall.screen, layout));
}

/** Adds a screen to the wall; its number, or null when it could not be added. */
export async function addScreen(workspace: Workspace, layout: Layout): Promise<number | null> {
  const wall = workspace.wall.store.getState();
  if (wall.state !== 'joined') return null;
  const answer = await workspace.wall.addScreen(wall.wallId, layout);
  if (!tellFailure(answer) || !answer.ok) return null;
  tellUndoable(workspace, `Screen ${answer.value.screen} is added.`);
  return answer.value.screen;
}

/**
 * Puts cameras into an incident's tile group on the screen of this window. Without a wall they join the incident's
 * cameras alone. `noRoom` is what can be done about a screen that is full.
 */
export async function dockCameras(
  workspace: Workspace,
  incidentId: Id,
  cameraIds: Id[],
  noRoom?: Parameters<typeof tellError>[1],
): Promise<boolean> {
  for (const cameraId of cameraIds) workspace.grantFlow.invite(cameraId);
  const wall = workspace.wall.store.getState();
  const incident = workspace.incidents.getState().byId.get(incidentId);
  const where = incident === undefined ? 'the incident' : `incident #${incident.number}`;
  const what = cameraIds.length === 1 ? cameraName(workspace, cameraIds[0] ?? '') : `${cameraIds.length} cameras`;
  if (wall.state === 'joined') {
    const answer = await workspace.wall.dockCameras(wall.wallId, wall.screen, incidentId, cameraIds);
    if (!answer.ok && answer.error.code === 'conflict') {
      tellError('No tile of this screen is free. Clear one or choose a larger layout.', noRoom);
      return false;
    }
    if (!tellFailure(answer)) return false;
    tellUndoable(workspace, `${what} added to ${where}.`);
    return true;
  }
  const known = incident?.cameraIds ?? [];
  const result = await call(routes.changeIncident, {
    params: { id: incidentId },
    body: { cameraIds: [...known, ...cameraIds.filter((id) => !known.includes(id))] },
  });
  if (!tellFailure(result)) return false;
  tell(`${what} added to ${where}.`);
  return true;
}

/** Takes back the user's own last change of the wall. */
export async function undo(workspace: Workspace): Promise<boolean> {
  const wall = workspace.wall.store.getState();
  if (wall.state !== 'joined') return false;
  const answer: Answer<{ undone: string }> = await workspace.wall.undo(wall.wallId);
  if (!answer.ok && answer.error.code === 'conflict') {
    tell('There is nothing of yours to undo.');
    return false;
  }
  if (!tellFailure(answer) || !answer.ok) return false;
  tell(undoneWords[answer.value.undone] ?? 'Your last change was taken back.', undefined, 'wall');
  return true;
}

const undoneWords: Readonly<Record<string, string>> = {
  tileAssigned: 'The tile shows what it showed before.',
  tileMoved: 'The tile is back where it was.',
  tileCleared: 'The tile is back.',
  layoutSet: 'The layout is as it was.',
  screenAdded: 'The screen is gone again.',
  camerasDocked: 'The cameras left the tile group again.',
};

function tellUndoable(workspace: Workspace, message: string): void {
  tell(message, { label: 'Undo', onSelect: () => void undo(workspace) }, 'wall');
}

function cameraName(workspace: Workspace, cameraId: Id): string {
  return workspace.cameras.getState().byId.get(cameraId)?.name ?? 'The camera';
}
