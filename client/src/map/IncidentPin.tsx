import type { Incident } from '@commonsight/types/incident';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { classes } from '../ui/classes.ts';
import { PrioritySymbol } from '../ui/PrioritySymbol.tsx';
import { useKeepFromMap } from './useKeepFromMap.ts';

/** An open incident on the map; its shape is its priority. A press opens its panel. */
export function IncidentPin({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const pin = useRef<HTMLButtonElement>(null);
  const isSelected = useStore(workspace.attention, (state) => state.selectedIncidentId === incident.id);
  const isHovered = useStore(workspace.attention, (state) => state.hoveredIncidentId === incident.id);
  useKeepFromMap(pin);
  const point = (): void => workspace.attention.setState({ hoveredIncidentId: incident.id });
  const unpoint = (): void => workspace.attention.setState({ hoveredIncidentId: null });
  const isLarge = isSelected || isHovered;
  return (
    <button
      ref={pin}
      type="button"
      data-incident-pin={incident.number}
      aria-label={`Incident #${String(incident.number)}, ${incident.title}, priority ${String(incident.priority)}`}
      aria-pressed={isSelected}
      onClick={() => workspace.attention.setState({ selectedIncidentId: incident.id })}
      onPointerEnter={point}
      onPointerLeave={unpoint}
      onFocus={point}
      onBlur={unpoint}
      className="relative flex h-11 w-8 group-data-aiming/map:pointer-events-none items-start justify-center border-0 bg-transparent p-0"
    >
      <span aria-hidden className="absolute bottom-0 h-4 w-0.5 rounded-full bg-text/80" />
      <span aria-hidden className="absolute -bottom-1 size-2 rounded-full border border-[#05080c] bg-text" />
      <span
        aria-hidden
        className={classes(
          'relative flex size-8 items-center justify-center rounded-full transition-transform',
          isSelected && 'bg-surface-0/80 ring-2 ring-accent',
          isLarge && 'scale-110',
        )}
      >
        <span className="flex [filter:drop-shadow(0_0_1px_#05080c)_drop-shadow(0_0_2px_#05080c)]">
          <PrioritySymbol priority={incident.priority} className={isSelected ? 'size-4.5' : 'size-6'} />
        </span>
      </span>
      <span className="pointer-events-none absolute top-2 left-full ml-1 flex max-w-56 items-center gap-1.5 rounded-sm bg-surface-0/90 px-1.5 py-px text-xs leading-4 whitespace-nowrap inset-ring inset-ring-line">
        <span className="figures font-semibold text-text">#{incident.number}</span>
        {isHovered ? <span className="min-w-0 truncate text-muted">{incident.title}</span> : null}
      </span>
    </button>
  );
}
