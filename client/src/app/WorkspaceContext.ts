import { createContext, useContext } from 'react';
import type { Workspace } from '../state/Workspace.ts';

export const WorkspaceContext = createContext<Workspace | null>(null);

/** The signed-in user's workspace. Only pages behind the sign-in have one. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('This component belongs on a page behind the sign-in.');
  return workspace;
}
