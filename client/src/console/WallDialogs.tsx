import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';

const loadDialogs = () => import('./Dialogs.tsx');
const Dialogs = lazy(async () => ({ default: (await loadDialogs()).Dialogs }));

/** How long after the wall the dialogs are fetched, so that the first pictures have the line for themselves. */
const fetchAfterMs = 1_500;

/**
 * What may open over a wall, on the console and on a bare screen alike. The code is fetched once the wall is there, and
 * at once when something opens.
 */
export function WallDialogs() {
  const { attention, grantFlow } = useWorkspace();
  const isDialogOpen = useStore(attention, (state) => state.openDialog !== null);
  const isAsking = useStore(grantFlow.store, (state) => state.question !== null);
  useEffect(() => {
    const timer = setTimeout(() => void loadDialogs(), fetchAfterMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isDialogOpen && !isAsking) return null;
  return (
    <Suspense>
      <Dialogs />
    </Suspense>
  );
}
