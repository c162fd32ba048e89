import { getRouteApi, Link } from '@tanstack/react-router';
import { Siren } from 'lucide-react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useRead } from '../incident/useRead.ts';
import { readIncident } from '../state/readSnapshots.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SourceSearch } from './SourceSearch.tsx';

const route = getRouteApi('/signedIn/search');

/** "What saw this?": the cameras, live and registered, that may have seen a place at a time. */
export function SearchPage() {
  const { incident: incidentId, latitude, longitude, question } = route.useSearch();
  const spot = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
  return (
    <OfficePage
      title="What saw this?"
      permission="registry.read"
      isFor="analysts, dispatchers and supervisors"
      purpose="It finds cameras that may have seen a place."
      layout="flex-row max-md:flex-col max-md:overflow-y-auto"
    >
      {incidentId === undefined ? (
        <SourceSearch incident={null} spot={spot} question={question} />
      ) : (
        <IncidentSearch key={incidentId} id={incidentId} question={question} />
      )}
    </OfficePage>
  );
}

/** For one incident, open or closed: what the console does not keep is read. */
function IncidentSearch({ id, question }: { id: string; question: string | undefined }) {
  const workspace = useWorkspace();
  const incident = useStore(workspace.incidents, ({ byId }) => byId.get(id));
  const isLoaded = useStore(workspace.incidents, (state) => state.isLoaded);
  const read = useCallback(() => readIncident(workspace, id), [workspace, id]);
  const reading = useRead(isLoaded && incident === undefined ? read : null);
  if (incident !== undefined) {
    return <SourceSearch incident={incident} spot={incident.position} question={question} />;
  }
  if (reading.state !== 'failed') return <EmptyState title="Reading the incident…" />;
  const isMissing = reading.code === 'notFound';
  return (
    <EmptyState
      icon={<Siren />}
      title={isMissing ? 'There is no such incident' : 'The incident could not be read'}
      action={
        <div className="flex gap-2">
          {isMissing ? null : <Button onClick={reading.retry}>Try again</Button>}
          <Button nativeButton={false} render={<Link to="/search" />}>
            Search without an incident
          </Button>
        </div>
      }
    >
      {isMissing ? 'The link may be wrong, or the incident another agency’s.' : reading.message}
    </EmptyState>
  );
}
