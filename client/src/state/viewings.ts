import type { Id } from '@commonsight/types/ids';
import type { SupervisedViewing, Viewing, ViewingTraffic } from '@commonsight/types/viewing';
import { createStore } from 'zustand/vanilla';

/** The agency's running viewings, for a supervisor. Those that ended while the list was open stay, marked. */
export interface ViewingsState {
  isLoaded: boolean;
  byId: ReadonlyMap<Id, SupervisedViewing>;
}

export function createViewingsStore() {
  return createStore<ViewingsState>()(() => ({ isLoaded: false, byId: new Map() }));
}

export type ViewingsStore = ReturnType<typeof createViewingsStore>;

export function viewingStarted(store: ViewingsStore, viewing: SupervisedViewing): void {
  store.setState({ byId: new Map(store.getState().byId).set(viewing.id, viewing) });
}

export function viewingEnded(store: ViewingsStore, viewing: Viewing): void {
  const traffic = store.getState().byId.get(viewing.id)?.traffic ?? null;
  viewingStarted(store, { ...viewing, traffic });
}

export function viewingTraffic(store: ViewingsStore, reports: readonly ViewingTraffic[]): void {
  const byId = new Map(store.getState().byId);
  for (const traffic of reports) {
    const viewing = byId.get(traffic.viewingId);
    if (viewing !== undefined) byId.set(viewing.id, { ...viewing, traffic });
  }
  store.setState({ byId });
}
