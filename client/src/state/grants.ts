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

/** The user's running grant for an incident; there is at most one. */
export function grantForIncident(state: GrantsState, incidentId: Id, serverNowMs: number): Grant | null {
  for (const grant of state.byId.values()) {
    if (grant.incidentId === incidentId && isRunning(grant, serverNowMs)) return grant;
  }
  return null;
}

/** The running grant that covers a camera and ends last, for a tile that belongs to no incident. */
export function grantForCamera(state: GrantsState, cameraId: Id, serverNowMs: number): Grant | null {
  const grants = [...state.byId.values()].filter(
    (grant) => grant.cameraIds.includes(cameraId) && isRunning(grant, serverNowMs),
  );
  return grants.toSorted((a, b) => b.endsAt.localeCompare(a.endsAt))[0] ?? null;
}
