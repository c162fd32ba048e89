import { Plus } from 'lucide-react';
import { type CSSProperties, useRef } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useDropTarget } from '../drag/useDropTarget.ts';
import { classes } from '../ui/classes.ts';
import { Kbd } from '../ui/Kbd.tsx';
import { DropHint } from './DropHint.tsx';
import { dropOnSlot, dropSentence } from './dropOnSlot.ts';
import { MoveTarget } from './MoveTarget.tsx';
import { useSlotFocus } from './useSlotFocus.ts';

export interface EmptySlotProps {
  slot: number;
  style?: CSSProperties;
  isCovered?: boolean;
  isBare?: boolean;
}

/** A slot without a tile says what to do. */
export function EmptySlot({ slot, style, isCovered = false, isBare = false }: EmptySlotProps) {
  const workspace = useWorkspace();
  const element = useRef<HTMLDivElement>(null);
  const { isSelected, props } = useSlotFocus(slot, 'empty', isCovered);
  const mayEdit = workspace.can('wall.edit');
  const hovering = useDropTarget(element, {
    canDrop: () => mayEdit,
    onDrop: (source) => void dropOnSlot(workspace, source, slot),
  });
  return (
    <div
      ref={element}
      data-testid="tile"
      data-slot={slot}
      data-state="empty"
      {...props}
      style={style}
      className={classes(
        'group/tile @container/tile relative isolate flex min-h-0 min-w-0 flex-col items-center justify-center gap-2 overflow-hidden bg-surface-1/60 outline-none',
        isCovered && 'invisible',
      )}
    >
      <span className="figures absolute top-1.5 left-1.5 flex h-5 min-w-5 items-center justify-center rounded-sm bg-surface-2 px-1 text-xs font-semibold text-muted">
        {slot}
      </span>
      {isBare || !mayEdit ? (
        <span className="text-subtle">Empty</span>
      ) : (
        <button
          type="button"
          onClick={() => workspace.attention.setState({ selectedSlot: slot, openDialog: 'findCamera' })}
          className="flex flex-col items-center gap-1.5 rounded-md px-3 py-2 text-subtle hover:text-text"
        >
          <Plus className="size-5" aria-hidden />
          {/* Without a mouse there is nothing to drop, and mostly no key to press. */}
          <span className="flex items-center gap-1.5 pointer-coarse:hidden @max-[190px]/tile:hidden">
            Drop a camera, or press <Kbd>/</Kbd>
          </span>
          <span className="hidden pointer-coarse:block">Add a camera</span>
          <span className="sr-only">Find a camera for tile {slot}</span>
        </button>
      )}
      <div
        className={classes(
          'pointer-events-none absolute inset-0 z-4 border',
          isSelected && !isBare ? 'border-2 border-accent' : 'border-line/60',
          'group-focus-visible/tile:border-2 group-focus-visible/tile:border-accent',
        )}
      />
      {hovering === null ? null : <DropHint>{dropSentence(hovering, null)}</DropHint>}
      <MoveTarget slot={slot} />
    </div>
  );
}
