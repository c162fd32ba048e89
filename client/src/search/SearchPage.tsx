import { getRouteApi } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SourceSearch } from './SourceSearch.tsx';

const route = getRouteApi('/signedIn/search');

/** "What saw this?": the cameras, live and registered, that may have seen a place at a time. */
export function SearchPage() {
  const { incident: incidentId, latitude, longitude } = route.useSearch();
  const { incidents } = useWorkspace();
  const isLoaded = useStore(incidents, (state) => state.isLoaded);
  const incident = useStore(incidents, (state) => state.byId.get(incidentId ?? ''));
  const isWaiting = incidentId !== undefined && incident === undefined && !isLoaded;
  const spot = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
  return (
    <OfficePage
      title="What saw this?"
      permission="registry.read"
      isFor="analysts, dispatchers and supervisors"
      purpose="It finds cameras that may have seen a place."
      layout="flex-row max-md:flex-col max-md:overflow-y-auto"
    >
      {isWaiting ? (
        <EmptyState title="Reading the incident…" />
      ) : (
        <SourceSearch key={incidentId ?? ''} incident={incident ?? null} spot={incident?.position ?? spot} />
      )}
    </OfficePage>
  );
}
