import type { GrantRequest } from '@commonsight/types/grant-request';
import type { Grant } from '@commonsight/types/grant';
import { grantRoutes } from '@commonsight/types/http/grant-routes';
import { routes } from '@commonsight/types/http/routes';
import type { Id } from '@commonsight/types/ids';
import type { Tile } from '@commonsight/types/wall';
import { call } from '../api/call.ts';
import { formatTimeOfDay } from '../incident/format.ts';
import { grantRequestChanged, standingRequest } from '../state/grantRequests.ts';
import { grantChanged, lastGrant, runningGrants } from '../state/grants.ts';
import { incidentOfTile } from '../state/wantedTiles.ts';
import type { Workspace } from '../state/Workspace.ts';
import { tell, tellError, tellFailure } from '../ui/toast.tsx';

/** Moves the grant's end by the policy's time and says until when it runs now. */
export async function extendGrant({ grants, incidents }: Workspace, grant: Grant): Promise<boolean> {
  if (grant.isBreakGlass) {
    tellError('Break-glass access is not renewed. When it ends, ask for access in the usual way.');
    return false;
  }
  const result = await call(routes.extendGrant, { params: { id: grant.id } });
  if (result.state === 'ok') {
    grantChanged(grants, result.value);
    const number = incidents.getState().byId.get(grant.incidentId)?.number;
    const what = number === undefined ? 'the incident' : `#${number}`;
    tell(`Access to ${what} runs until ${formatTimeOfDay(result.value.endsAt)}.`, undefined, `grant ${grant.id}`);
  }
  return tellFailure(result);
}

/**
 * More time for an incident's cameras: a running grant is extended; one that has run out is asked for again, under its
 * purpose and for its cameras.
 */
export function renewAccess(workspace: Workspace, incidentId: Id, cameraIds: readonly Id[]): void {
  const state = workspace.grants.getState();
  // Where only a break-glass grant runs, it is said that there is no more of it.
  const running = runningGrants(state, incidentId, workspace.clock.nowMs())[0];
  if (running !== undefined) {
    void extendGrant(workspace, running);
    return;
  }
  const last = lastGrant(state, (grant) => grant.incidentId === incidentId);
  const together = new Set([...(last?.cameraIds ?? []), ...cameraIds]);
  if (together.size === 0) return;
  // What was looked at without an approval is asked for in the usual way now.
  workspace.grantFlow.request(incidentId, [...together], last?.isBreakGlass === false ? last.purpose : null);
}

/** The same for a tile. */
export function renewTile(workspace: Workspace, tile: Tile): void {
  const incidentId = incidentUnderTile(workspace, tile);
  if (incidentId === null) workspace.grantFlow.askForCamera(tile.cameraId);
  else renewAccess(workspace, incidentId, [tile.cameraId]);
}

export async function withdrawRequest({ grantRequests }: Workspace, id: Id): Promise<boolean> {
  const result = await call(grantRoutes.withdrawGrantRequest, { params: { id } });
  if (result.state === 'ok') grantRequestChanged(grantRequests, result.value);
  return tellFailure(result);
}

/** The user's request that the tile tells of. */
export function requestOfTile(workspace: Workspace, tile: Tile): GrantRequest | null {
  return standingRequest(workspace.grantRequests.getState(), {
    userId: workspace.me.user.id,
    cameraId: tile.cameraId,
    incidentId: tile.incidentId ?? wallIncident(workspace),
  });
}

/** Under which incident a tile is or was looked at. */
function incidentUnderTile(workspace: Workspace, tile: Tile): Id | null {
  const wallState = workspace.wall.store.getState();
  const grants = workspace.grants.getState();
  if (wallState.state !== 'joined') return null;
  const known = incidentOfTile({ wall: wallState.wall, grants, serverNowMs: workspace.clock.nowMs() }, tile);
  return known ?? lastGrant(grants, ({ cameraIds }) => cameraIds.includes(tile.cameraId))?.incidentId ?? null;
}

function wallIncident({ wall }: Workspace): Id | null {
  const state = wall.store.getState();
  return state.state === 'joined' ? state.wall.incidentId : null;
}
