import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';

/** Dashes around the slot that a tile would go to while it is moved by keys. */
export function MoveTarget({ slot }: { slot: number }) {
  const { attention } = useWorkspace();
  const isTarget = useStore(attention, ({ moving }) => moving?.toSlot === slot);
  if (!isTarget) return null;
  return <div className="pointer-events-none absolute inset-0 z-5 border-2 border-dashed border-accent bg-accent/10" />;
}
