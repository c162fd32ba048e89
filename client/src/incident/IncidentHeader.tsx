import type { Incident } from '@commonsight/types/incident';
import { Link } from '@tanstack/react-router';
import { EyeOff, MapPin, Pencil, ScanSearch, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { CloseIncidentDialog } from './CloseIncidentDialog.tsx';
import { EditableTitle } from './EditableTitle.tsx';
import { formatClock, formatExactTime } from './format.ts';
import { GrantLine } from './GrantLine.tsx';
import { changeIncident } from './incidentActs.ts';
import { dispositionNames, priorities, priorityHints, priorityNames } from './incidentWords.ts';
import { useServerNowMs } from './ticking.ts';

/** Only a supervisor needs it, and seldom. */
const WithholdDialog = lazy(async () => ({
  default: (await import('../withheld/WithholdDialog.tsx')).WithholdDialog,
}));
const noIds: readonly string[] = [];

export function IncidentHeader({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const [isEditing, setIsEditing] = useState(false);
  const [isClosing, setIsClosing] = useState(false);
  const [isWithholding, setIsWithholding] = useState(false);
  const isOpen = incident.closedAt === null;
  const canEdit = isOpen && workspace.can('incident.edit');
  return (
    <header className="flex flex-col gap-2 border-b border-line px-3 pt-2 pb-3">
      <div className="flex items-center gap-1.5">
        {canEdit ? (
          <PriorityMenu incident={incident} />
        ) : (
          <PrioritySymbol priority={incident.priority} className="size-4" />
        )}
        <span className="figures text-lg font-semibold">#{incident.number}</span>
        <ElapsedTime incident={incident} />
        <span className="grow" />
        <IconButton
          label="Show on the map"
          size="sm"
          onClick={() => workspace.attention.setState({ mapFocus: { ...incident.position, at: Date.now() } })}
        >
          <MapPin />
        </IconButton>
        {workspace.can('registry.read') ? (
          <IconButton
            label="What saw this?"
            size="sm"
            nativeButton={false}
            render={<Link to="/search" search={{ incident: incident.id }} />}
          >
            <ScanSearch />
          </IconButton>
        ) : null}
        {canEdit ? (
          <IconButton label="Rename the incident" size="sm" onClick={() => setIsEditing(true)}>
            <Pencil />
          </IconButton>
        ) : null}
        {workspace.can('ledger.withhold') ? (
          <IconButton label="Withhold the number from owners" size="sm" onClick={() => setIsWithholding(true)}>
            <EyeOff />
          </IconButton>
        ) : null}
        <IconButton
          label="Leave the incident"
          size="sm"
          onClick={() => workspace.attention.setState({ selectedIncidentId: null })}
        >
          <X />
        </IconButton>
      </div>
      <EditableTitle
        title={incident.title}
        isEditing={isEditing}
        onDone={async (title) => {
          if (title === null || (await changeIncident(workspace, incident.id, { title }))) setIsEditing(false);
        }}
      />
      <GrantLine incident={incident} />
      {isOpen ? (
        <div className="flex min-h-6 items-center gap-2">
          <span className="min-w-0 grow text-xs text-muted">
            {priorityNames[incident.priority]}
            {incident.isTraining ? ' · Training' : ''}
          </span>
          {workspace.can('incident.close') ? (
            <Button size="sm" onClick={() => setIsClosing(true)}>
              Close incident
            </Button>
          ) : null}
        </div>
      ) : null}
      {isOpen ? null : (
        <p className="m-0 text-muted">
          {incident.disposition === null ? 'Closed' : `Closed: ${dispositionNames[incident.disposition].toLowerCase()}`}
          {incident.closedAt === null ? '' : `, ${formatExactTime(incident.closedAt)}`}
        </p>
      )}
      {isWithholding ? (
        <Suspense>
          <WithholdDialog
            incident={incident}
            withheldIds={noIds}
            onDone={() => setIsWithholding(false)}
            onClose={() => setIsWithholding(false)}
          />
        </Suspense>
      ) : null}
      <CloseIncidentDialog incident={incident} isOpen={isClosing && isOpen} onClose={() => setIsClosing(false)} />
    </header>
  );
}

function ElapsedTime({ incident }: { incident: Incident }) {
  const nowMs = useServerNowMs();
  const untilMs = incident.closedAt === null ? nowMs : Date.parse(incident.closedAt);
  return (
    <span className="figures text-lg text-muted" title={`Opened ${formatExactTime(incident.openedAt)}`}>
      <span className="text-xs">{incident.closedAt === null ? 'open' : 'was open'} </span>
      {formatClock(untilMs - Date.parse(incident.openedAt))}
    </span>
  );
}

function PriorityMenu({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${priorityNames[incident.priority]}, change`}
          title={`${priorityNames[incident.priority]}. Press to change.`}
          className="-ml-1 flex size-7 items-center justify-center rounded-md border-0 bg-transparent hover:bg-surface-3"
        >
          <PrioritySymbol priority={incident.priority} isLabelled={false} className="size-4" />
        </button>
      }
    >
      {priorities.map((priority) => (
        <MenuItem
          key={priority}
          icon={<PrioritySymbol priority={priority} isLabelled={false} />}
          hint={priorityHints[priority]}
          isDisabled={priority === incident.priority}
          onSelect={() => void changeIncident(workspace, incident.id, { priority })}
        >
          {priorityNames[priority]}
        </MenuItem>
      ))}
    </Menu>
  );
}
