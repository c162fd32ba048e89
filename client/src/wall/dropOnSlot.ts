import type { DragSource } from '../drag/DragSource.ts';
import type { Hovering } from '../drag/dropTarget.ts';
import type { Workspace } from '../state/Workspace.ts';
import { assignCamera, moveTile } from './wallActs.ts';

/** A camera is put on the slot; a tile of this wall moves there, of another wall it brings its camera. */
export async function dropOnSlot(workspace: Workspace, source: DragSource, slot: number): Promise<void> {
  const wall = workspace.wall.store.getState();
  const isOfThisWall = source.kind === 'tile' && wall.state !== 'none' && wall.wallId === source.wallId;
  workspace.attention.setState({ selectedSlot: slot });
  if (isOfThisWall) await moveTile(workspace, source.tileId, slot);
  else await assignCamera(workspace, source.cameraId, slot);
}

/** What a drop will do, before it is done. `there` is the name of the camera that is on the slot, null for none. */
export function dropSentence(hovering: Hovering, there: string | null): string {
  if (hovering === 'fromAnotherWindow') return there === null ? 'Put it here' : `Put it in the place of ${there}`;
  if (hovering.kind === 'tile') return there === null ? `Move ${hovering.name} here` : `Swap with ${there}`;
  return there === null ? `Open ${hovering.name} here` : `${hovering.name} replaces ${there}`;
}
