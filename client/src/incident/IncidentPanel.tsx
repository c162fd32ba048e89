import type { Incident } from '@commonsight/types/incident';
import { Siren } from 'lucide-react';
import { useCallback } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { readIncident } from '../state/readSnapshots.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IncidentHeader } from './IncidentHeader.tsx';
import { NearCameras } from './NearCameras.tsx';
import { NoteLine } from './NoteLine.tsx';
import { PanelSection } from './PanelSection.tsx';
import { TileGroup } from './TileGroup.tsx';
import { Timeline } from './Timeline.tsx';
import { useNearCameras } from './useNearCameras.ts';
import { type Read, useRead } from './useRead.ts';

/** The selected incident: what it is, its tiles, the cameras in reach, what happened. */
export function IncidentPanel() {
  const workspace = useWorkspace();
  const id = useStore(workspace.attention, (state) => state.selectedIncidentId);
  const incident = useStore(workspace.incidents, (state) => (id === null ? undefined : state.byId.get(id)));
  const reading = useReadIncident(id);
  if (incident !== undefined) return <OpenPanel key={incident.id} incident={incident} reading={reading} />;
  return (
    <section aria-label="Selected incident" className="h-full">
      <NoIncident isSelected={id !== null} reading={reading} />
    </section>
  );
}

function NoIncident({ isSelected, reading }: { isSelected: boolean; reading: Read<unknown> }) {
  if (!isSelected) {
    return (
      <EmptyState icon={<Siren />} title="No incident selected">
        Choose one from the list or press its pin on the map.
      </EmptyState>
    );
  }
  if (reading.state !== 'failed') return <EmptyState title="Reading the incident…" />;
  return (
    <EmptyState
      icon={<Siren />}
      title="The incident could not be read"
      action={<Button onClick={reading.retry}>Try again</Button>}
    >
      {reading.message}
    </EmptyState>
  );
}

function OpenPanel({ incident, reading }: { incident: Incident; reading: Read<unknown> }) {
  const workspace = useWorkspace();
  const near = useNearCameras(incident.position);
  const timeline = useStore(workspace.incidents, (state) => state.timelines.get(incident.id));
  const nearIds = near.state === 'loaded' ? near.value.cameras.map(({ cameraId }) => cameraId) : [];
  return (
    <section aria-label={`Incident #${String(incident.number)}`} className="flex h-full min-h-0 flex-col">
      <IncidentHeader incident={incident} />
      <div className="max-h-[55%] shrink-0 overflow-y-auto border-b border-line">
        <TileGroup incident={incident} nearIds={nearIds} />
        <NearCameras incident={incident} near={near} />
      </div>
      <PanelSection title="Timeline" className="flex min-h-0 grow flex-col">
        {timeline === undefined ? (
          <p className="m-0 grow px-3 text-muted">
            {reading.state === 'failed' ? `Not read: ${reading.message} ` : 'Reading the timeline…'}
            {reading.state === 'failed' ? (
              <Button size="sm" onClick={reading.retry}>
                Try again
              </Button>
            ) : null}
          </p>
        ) : (
          <Timeline entries={timeline} />
        )}
      </PanelSection>
      {incident.closedAt === null && workspace.can('incident.edit') ? <NoteLine incident={incident} /> : null}
    </section>
  );
}

/** Reads an incident and its timeline when it is selected; from then on notifications keep it up to date. */
function useReadIncident(id: string | null): Read<unknown> {
  const workspace = useWorkspace();
  const read = useCallback(() => readIncident(workspace, id ?? ''), [workspace, id]);
  return useRead(id === null || workspace.incidents.getState().timelines.has(id) ? null : read);
}
