import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';

const words = { connecting: 'Connecting', connected: 'Connected', lost: 'Reconnecting' } as const;

/** Whether the server is there. */
export function ConnectionBadge() {
  const { connection } = useWorkspace();
  const { state } = useStore(connection);
  const kind = state === 'connected' ? 'live' : state === 'lost' ? 'warn' : 'waiting';
  return (
    <span data-testid="connection" data-state={state} className="flex items-center gap-1.5 text-xs text-muted">
      <StatusSymbol kind={kind} className="size-2.5" />
      <span className="max-md:sr-only">{words[state]}</span>
    </span>
  );
}
