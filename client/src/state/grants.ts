import type { Grant } from '@commonsight/types/grant';
import type { Id } from '@commonsight/types/ids';
import type { TileEnd } from '../media/TileState.ts';
import { createStore } from 'zustand/vanilla';

export interface GrantsState {
  byId: ReadonlyMap<Id, Grant>;
}

export function createGrantsStore() {
  return createStore<GrantsState>()(() => ({ byId: new Map() }));
}

export type GrantsStore = ReturnType<typeof createGrantsStore>;

export function grantsLoaded(store: GrantsStore, grants: readonly Grant[]): void {
  store.setState({ byId: new Map(grants.map((grant) => [grant.id, grant])) });
}

export function grantChanged(store: GrantsStore, grant: Grant): void {
  store.setState({ byId: new Map(store.getState().byId).set(grant.id, grant) });
}

/**
 * A grant begins when it is made, and is told after that. Its start is not compared: by this window's estimate of the
 * server's clock it may lie some milliseconds ahead, and nothing would look again when they are over.
 */
export function isRunning(grant: Grant, serverNowMs: number): boolean {
  return grant.endedAt === null && serverNowMs < Date.parse(grant.endsAt);
}

/** The user's running grants for an incident: at most an ordinary one and, after it, a break-glass one. */
export function runningGrants(state: GrantsState, incidentId: Id, serverNowMs: number): Grant[] {
  return [...state.byId.values()]
    .filter((grant) => grant.incidentId === incidentId && isRunning(grant, serverNowMs))
    .toSorted((a, b) => Number(a.isBreakGlass) - Number(b.isBreakGlass));
}

/** The ordinary one, which more cameras can join and which is renewed. */
export function grantForIncident(state: GrantsState, incidentId: Id, serverNowMs: number): Grant | null {
  return runningGrants(state, incidentId, serverNowMs).find(({ isBreakGlass }) => !isBreakGlass) ?? null;
}

/** Whether a camera is looked at under break-glass alone, for the incident under which its tile is. */
export function isUnderBreakGlass(
  state: GrantsState,
  { cameraId, incidentId }: { cameraId: Id; incidentId: Id },
  serverNowMs: number,
): boolean {
  const covering = runningGrants(state, incidentId, serverNowMs).filter(({ cameraIds }) =>
    cameraIds.includes(cameraId),
  );
  return covering.length > 0 && covering.every(({ isBreakGlass }) => isBreakGlass);
}

/** The running grant that covers a camera and ends last, for a tile that belongs to no incident. */
export function grantForCamera(state: GrantsState, cameraId: Id, serverNowMs: number): Grant | null {
  const grants = [...state.byId.values()].filter(
    (grant) => grant.cameraIds.includes(cameraId) && isRunning(grant, serverNowMs),
  );
  return grants.toSorted((a, b) => b.endsAt.localeCompare(a.endsAt))[0] ?? null;
}

const expired: TileEnd = { reason: 'grantExpired', by: null, note: null };
const ended: TileEnd = { reason: 'grantEnded', by: null, note: null };

/** How access to a camera for an incident is over: null while a grant for it runs, and where there was none. */
export function endOfAccess(
  state: GrantsState,
  { cameraId, incidentId }: { cameraId: Id; incidentId: Id },
  serverNowMs: number,
): TileEnd | null {
  const isMeant = (grant: Grant): boolean => grant.incidentId === incidentId && grant.cameraIds.includes(cameraId);
  if (runningGrants(state, incidentId, serverNowMs).some(isMeant)) return null;
  const last = lastGrant(state, isMeant);
  if (last === null) return null;
  return last.endedAt !== null && last.endedAt < last.endsAt ? ended : expired;
}

/** The newest of the user's grants that this window knows of, running or not. */
export function lastGrant(state: GrantsState, isMeant: (grant: Grant) => boolean): Grant | null {
  return [...state.byId.values()].filter(isMeant).toSorted((a, b) => b.startsAt.localeCompare(a.startsAt))[0] ?? null;
}
