import { ListChecks, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openIncidents } from '../state/incidents.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { CreateIncidentDialog } from './CreateIncidentDialog.tsx';
import { IncidentRow } from './IncidentRow.tsx';
import { placement } from './placement.ts';
import { useClosedIncidents } from './useClosedIncidents.ts';

/** The agency's incidents: the open ones by priority, or the closed ones. */
export function IncidentList() {
  const workspace = useWorkspace();
  const state = useStore(workspace.incidents);
  const [shows, setShows] = useState<'open' | 'closed'>('open');
  const closed = useClosedIncidents(shows === 'closed');
  const open = openIncidents(state);
  const canCreate = workspace.can('incident.create');
  const incidents = shows === 'open' ? open : closed.incidents;
  return (
    <section aria-label="Incidents" className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h2 className="m-0 text-2xs font-semibold tracking-wide text-muted uppercase">Incidents</h2>
        <fieldset className="m-0 flex items-center gap-0.5 border-0 p-0">
          <legend className="sr-only">Which incidents</legend>
          <FilterButton isPressed={shows === 'open'} onPress={() => setShows('open')}>
            Open <span className="figures">{open.length}</span>
          </FilterButton>
          <FilterButton isPressed={shows === 'closed'} onPress={() => setShows('closed')}>
            Closed
          </FilterButton>
        </fieldset>
        <span className="grow" />
        {canCreate ? (
          <IconButton label="New incident" shortcut="n" onClick={() => placement.start()}>
            <Plus />
          </IconButton>
        ) : null}
      </div>
      <ul className="m-0 min-h-0 grow list-none overflow-y-auto p-1">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentRow incident={incident} />
          </li>
        ))}
      </ul>
      {incidents.length === 0 ? (
        <div className="min-h-0 grow-100">
          <NoIncidents
            shows={shows}
            isLoaded={shows === 'open' ? state.isLoaded : closed.read.state === 'loaded'}
            message={shows === 'closed' && closed.read.state === 'failed' ? closed.read.message : null}
            canCreate={canCreate}
          />
        </div>
      ) : null}
      {canCreate ? <CreateIncidentDialog /> : null}
    </section>
  );
}

interface NoIncidentsProps {
  shows: 'open' | 'closed';
  isLoaded: boolean;
  message: string | null;
  canCreate: boolean;
}

function NoIncidents({ shows, isLoaded, message, canCreate }: NoIncidentsProps) {
  if (message !== null) return <EmptyState title="Not read">{message}</EmptyState>;
  if (!isLoaded) return <EmptyState title="Reading incidents…" />;
  if (shows === 'closed') return <EmptyState title="No closed incident" />;
  return (
    <EmptyState icon={<ListChecks />} title="No open incident">
      {canCreate ? 'Press n, or + above, and place one on the map.' : 'A dispatcher opens them.'}
    </EmptyState>
  );
}

interface FilterButtonProps {
  isPressed: boolean;
  onPress: () => void;
  children: ReactNode;
}

function FilterButton({ isPressed, onPress, children }: FilterButtonProps) {
  return (
    <Button
      look="quiet"
      size="sm"
      aria-pressed={isPressed}
      onClick={onPress}
      className={classes(isPressed && 'bg-surface-3 text-text')}
    >
      {children}
    </Button>
  );
}
