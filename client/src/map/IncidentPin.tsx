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
      className="relative flex size-8 items-center justify-center border-0 bg-transparent p-0"
    >
      {isSelected ? (
        <span className="absolute inset-[-5px] rounded-full border-2 border-accent bg-accent/10" aria-hidden />
      ) : null}
      <span aria-hidden className="relative flex [filter:drop-shadow(0_0_1.5px_#05080c)_drop-shadow(0_0_3px_#05080c)]">
        <PrioritySymbol
          priority={incident.priority}
          className={classes('transition-transform', isLarge ? 'size-7 scale-110' : 'size-6')}
        />
      </span>
      <span className="pointer-events-none absolute top-full left-1/2 mt-1 flex max-w-52 -translate-x-1/2 items-center gap-1 rounded-sm bg-surface-0/90 px-1.5 py-px text-xs leading-4 whitespace-nowrap inset-ring inset-ring-line">
        <span className="figures font-semibold text-text">#{incident.number}</span>
        {isLarge ? <span className="min-w-0 truncate text-muted">{incident.title}</span> : null}
      </span>
    </button>
  );
}
