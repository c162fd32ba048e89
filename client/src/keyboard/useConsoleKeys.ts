import { layoutSlots } from '@commonsight/types/layout';
import { useEffect } from 'react';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { currentScreen } from '../state/wall.ts';
import { isPageCovered } from '../ui/pageCover.ts';
import { freshKeys, type KeyMemory, readKey } from './consoleKeys.ts';
import { runKeyCommand } from './runKeyCommand.ts';

/** Where keys are typed or have a meaning of their own. */
const typing =
  'input, textarea, select, [contenteditable=true], [role=menu], [role=dialog], [role=listbox], [role=combobox]';
/** Where arrows and Enter belong to what has the focus; letters and digits still go to the wall. */
const ownArrows = `button, a[href], summary, canvas, [role=separator], [role=tab], [role=radio], [role=button], [data-own-keys]`;
const arrowsAndEnter = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter', ' ']);

/** The console's keys, for as long as the component is on the page. */
export function useConsoleKeys(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    let memory: KeyMemory = freshKeys;
    const handleKey = (pressed: KeyboardEvent): void => {
      const screen = currentScreen(workspace.wall.store.getState());
      if (screen === null || pressed.defaultPrevented || pressed.altKey || isPageCovered() || isElsewhere(pressed))
        return;
      const { attention } = workspace;
      const isControl = pressed.ctrlKey || pressed.metaKey;
      const read = readKey(
        memory,
        { key: pressed.key, isControl, atMs: performance.now() },
        { slots: layoutSlots[screen.layout], isMoving: attention.getState().moving !== null },
      );
      memory = read.memory;
      if (read.command === null || !runKeyCommand(workspace, screen, read.command)) return;
      pressed.preventDefault();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, [workspace]);
}

function isElsewhere(pressed: KeyboardEvent): boolean {
  const { target } = pressed;
  if (!(target instanceof Element)) return false;
  if (target.closest(typing) !== null) return true;
  return arrowsAndEnter.has(pressed.key) && target.closest(ownArrows) !== null;
}
