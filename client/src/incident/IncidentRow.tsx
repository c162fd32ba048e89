import type { Incident } from '@commonsight/types/incident';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { IncidentDropTarget } from '../drag/IncidentDropTarget.tsx';
import { CameraMarkSymbol } from '../map/CameraMarkSymbol.tsx';
import { markWords } from '../map/cameraMark.ts';
import { classes } from '../ui/classes.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { formatElapsed, formatExactTime } from './format.ts';
import { countMarks } from './incidentCameras.ts';
import { dispositionNames } from './incidentWords.ts';
import { useServerNowMs } from './ticking.ts';

/** One incident in the list: opens its panel, lights its cameras, and takes cameras and tiles that are dropped on it. */
export function IncidentRow({ incident }: { incident: Incident }) {
  const row = <RowButton incident={incident} />;
  return incident.closedAt === null ? <IncidentDropTarget incident={incident}>{row}</IncidentDropTarget> : row;
}

function RowButton({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const isSelected = useStore(workspace.attention, (state) => state.selectedIncidentId === incident.id);
  const isHovered = useStore(workspace.attention, (state) => state.hoveredIncidentId === incident.id);
  const point = (id: string | null) => () => workspace.attention.setState({ hoveredIncidentId: id });
  const isUrgent = incident.priority === 1 && incident.closedAt === null;
  return (
    <button
      type="button"
      data-incident-row={incident.number}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => workspace.attention.setState({ selectedIncidentId: incident.id })}
      onKeyDown={moveFocus}
      onPointerEnter={point(incident.id)}
      onPointerLeave={point(null)}
      onFocus={point(incident.id)}
      onBlur={point(null)}
      className={classes(
        'relative grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 gap-y-0.5 rounded-md border-0 bg-transparent px-2 py-1.5 text-left text-text',
        'before:absolute before:inset-y-1 before:left-0 before:w-0.5 before:rounded-full',
        isSelected ? 'bg-surface-3 before:bg-accent' : isHovered ? 'bg-surface-2' : 'hover:bg-surface-2',
      )}
    >
      <PrioritySymbol priority={incident.priority} className="translate-y-0.5" />
      <span className="truncate" title={incident.title}>
        <span className="figures font-semibold">#{incident.number}</span> {incident.title}
      </span>
      <RowTime incident={incident} isUrgent={isUrgent} />
      <span className="col-start-2 col-end-4">
        {incident.closedAt === null ? <RowCameras incident={incident} /> : <RowEnd incident={incident} />}
      </span>
    </button>
  );
}

function RowTime({ incident, isUrgent }: { incident: Incident; isUrgent: boolean }) {
  const nowMs = useServerNowMs();
  const fromMs = Date.parse(incident.closedAt ?? incident.openedAt);
  return (
    <span
      className={classes('figures text-xs', isUrgent ? 'font-semibold text-priority-1' : 'text-muted')}
      title={`${incident.closedAt === null ? 'Opened' : 'Closed'} ${formatExactTime(incident.closedAt ?? incident.openedAt)}`}
    >
      {formatElapsed(nowMs - fromMs)}
    </span>
  );
}

function RowCameras({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const cameras = useStore(workspace.cameras, (state) => state.byId);
  const counts = countMarks(incident.cameraIds, cameras);
  if (counts.length === 0) return <span className="text-xs text-subtle">no cameras</span>;
  return (
    <span className="figures flex flex-wrap gap-x-2.5 text-xs text-muted">
      {counts.map(({ mark, count }) => (
        <span key={mark} className="flex items-center gap-1">
          <CameraMarkSymbol mark={mark} className="size-2.5" />
          {count} {markWords[mark]}
        </span>
      ))}
    </span>
  );
}

function RowEnd({ incident }: { incident: Incident }) {
  return (
    <span className="text-xs text-subtle">
      {incident.disposition === null ? 'Closed' : dispositionNames[incident.disposition]}
    </span>
  );
}

/** The arrow keys go from row to row. */
function moveFocus(press: KeyboardEvent): void {
  if (press.key !== 'ArrowDown' && press.key !== 'ArrowUp') return;
  const rows = [...(press.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('[data-incident-row]') ?? [])];
  const here = rows.findIndex((row) => row === document.activeElement);
  rows[here + (press.key === 'ArrowDown' ? 1 : -1)]?.focus();
  press.preventDefault();
}
