import { routes } from '@commonsight/types/http/routes';
import type { Incident } from '@commonsight/types/incident';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { call } from '../api/call.ts';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { type Read, useRead } from './useRead.ts';

const readClosed = (signal: AbortSignal) => call(routes.listIncidents, { query: { state: 'closed' }, signal });

/** The closed incidents, newest first: read when they are asked for, with those that were closed since. */
export function useClosedIncidents(isWanted: boolean): { incidents: Incident[]; read: Read<unknown> } {
  const { incidents } = useWorkspace();
  const byId = useStore(incidents, (state) => state.byId);
  const read = useRead(isWanted ? readClosed : null);
  const listed = read.state === 'loaded' ? read.value.incidents : undefined;
  const together = useMemo(() => {
    const all = new Map((listed ?? []).map((incident) => [incident.id, incident]));
    for (const incident of byId.values()) if (incident.closedAt !== null) all.set(incident.id, incident);
    return [...all.values()].toSorted((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));
  }, [listed, byId]);
  return { incidents: together, read };
}
