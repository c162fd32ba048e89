import type { HTMLAttributes } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';

/**
 * What makes a slot's element one stop of the keyboard: the wall is a single tab stop, arrows and digits go on from
 * there, and what has the focus is the selected slot.
 */
export function useSlotFocus(slot: number, label: string, isCovered: boolean) {
  const { attention } = useWorkspace();
  const isSelected = useStore(attention, (state) => state.selectedSlot === slot);
  const isTabStop = useStore(attention, (state) => (state.selectedSlot ?? 1) === slot);
  const select = (): void => attention.setState({ selectedSlot: slot });
  const props: HTMLAttributes<HTMLElement> = {
    role: 'group',
    'aria-label': `Tile ${slot}: ${label}`,
    tabIndex: isTabStop && !isCovered ? 0 : -1,
    onFocus: select,
    onPointerDown: select,
  };
  return { isSelected, props };
}
