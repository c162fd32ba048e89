import { lazy, Suspense } from 'react';
import type { CreateWallDialogProps } from './CreateWallDialog.tsx';

const CreateWallDialog = lazy(async () => ({ default: (await import('./CreateWallDialog.tsx')).CreateWallDialog }));

/** The dialog for a new wall, fetched when it is first opened. */
export function LazyCreateWallDialog(props: CreateWallDialogProps) {
  if (!props.isOpen) return null;
  return (
    <Suspense>
      <CreateWallDialog {...props} />
    </Suspense>
  );
}
