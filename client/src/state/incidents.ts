import type { Id } from '@commonsight/types/ids';
import type { Incident, TimelineEntry } from '@commonsight/types/incident';
import { createStore } from 'zustand/vanilla';

export interface IncidentsState {
  isLoaded: boolean;
  /** Open incidents, and those that were closed while this window was looking. */
  byId: ReadonlyMap<Id, Incident>;
  /** Timelines that were read, oldest line first; a timeline grows by `incident:noted` once it is here. */
  timelines: ReadonlyMap<Id, readonly TimelineEntry[]>;
}

export function createIncidentsStore() {
  return createStore<IncidentsState>()(() => ({ isLoaded: false, byId: new Map(), timelines: new Map() }));
}

export type IncidentsStore = ReturnType<typeof createIncidentsStore>;

/**
 * The open incidents were read anew: what is gone from them was closed meanwhile. `before` is what was known when they
 * were asked for; what came since stays.
 */
export function incidentsLoaded(
  store: IncidentsStore,
  open: readonly Incident[],
  before: ReadonlyMap<Id, Incident> = store.getState().byId,
): void {
  const now = store.getState().byId;
  const byId = new Map(open.map((incident) => [incident.id, newer(now.get(incident.id), incident)]));
  for (const [id, incident] of now) {
    if (!byId.has(id) && incident !== before.get(id)) byId.set(id, incident);
  }
  store.setState({ isLoaded: true, byId });
}

/** Takes an incident in, unless a newer state of it is already here. */
export function incidentChanged(store: IncidentsStore, incident: Incident): void {
  const { byId } = store.getState();
  const after = newer(byId.get(incident.id), incident);
  if (after === incident) store.setState({ byId: new Map(byId).set(incident.id, incident) });
}

function newer(known: Incident | undefined, incident: Incident): Incident {
  return known !== undefined && known.revision > incident.revision ? known : incident;
}

/** A timeline only grows, so lines that are here already stay. */
export function timelineLoaded(store: IncidentsStore, incidentId: Id, timeline: readonly TimelineEntry[]): void {
  const lines = [...(store.getState().timelines.get(incidentId) ?? []), ...timeline];
  const ordered = [...new Map(lines.map((entry) => [entry.id, entry])).values()].toSorted((a, b) =>
    a.at.localeCompare(b.at),
  );
  store.setState({ timelines: new Map(store.getState().timelines).set(incidentId, ordered) });
}

export function incidentNoted(store: IncidentsStore, entry: TimelineEntry): void {
  const { timelines } = store.getState();
  const timeline = timelines.get(entry.incidentId);
  if (timeline === undefined || timeline.some((known) => known.id === entry.id)) return;
  timelineLoaded(store, entry.incidentId, [entry]);
}

/** Open incidents as lists show them: most urgent first, then the newest. */
export function openIncidents(state: IncidentsState): Incident[] {
  return [...state.byId.values()]
    .filter((incident) => incident.closedAt === null)
    .toSorted((a, b) => a.priority - b.priority || b.openedAt.localeCompare(a.openedAt));
}
