import { type ReactNode, useRef } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { classes } from '../ui/classes.ts';
import { dockCameras } from '../wall/wallActs.ts';
import { useDropTarget } from './useDropTarget.ts';

export interface IncidentDropTargetProps {
  incident: { id: string; number: number };
  className?: string;
  children: ReactNode;
}

/** Takes cameras and tiles into an incident's tile group; wraps a row of the list or the group in the panel. */
export function IncidentDropTarget({ incident, className, children }: IncidentDropTargetProps) {
  const workspace = useWorkspace();
  const element = useRef<HTMLDivElement>(null);
  const hovering = useDropTarget(element, {
    canDrop: () => workspace.can('incident.edit'),
    onDrop: (source) => void dockCameras(workspace, incident.id, [source.cameraId]),
  });
  return (
    <div ref={element} className={classes('relative', className)} data-incident-drop={incident.id}>
      {children}
      {hovering === null ? null : (
        <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center rounded-md border-2 border-dashed border-accent bg-surface-0/85 px-2 text-center text-xs font-medium text-accent">
          {hovering === 'fromAnotherWindow' ? 'Add' : `Add ${hovering.name}`} to incident #{incident.number}
        </div>
      )}
    </div>
  );
}
