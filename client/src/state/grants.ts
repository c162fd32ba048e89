import type { Grant } from '@commonsight/types/grant';
import type { Id } from '@commonsight/types/ids';
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

export function isRunning(grant: Grant, serverNowMs: number): boolean {
  return grant.endedAt === null && Date.parse(grant.startsAt) <= serverNowMs && serverNowMs < Date.parse(grant.endsAt);
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

/** The newest of the user's grants that this window knows of, running or not. */
export function lastGrant(state: GrantsState, isMeant: (grant: Grant) => boolean): Grant | null {
  return [...state.byId.values()].filter(isMeant).toSorted((a, b) => b.startsAt.localeCompare(a.startsAt))[0] ?? null;
}
