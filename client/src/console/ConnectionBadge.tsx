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

/** A calm line while the server is away. */
export function ConnectionLine() {
  const { connection } = useWorkspace();
  const isLost = useStore(connection, (state) => state.state === 'lost');
  if (!isLost) return null;
  return (
    <output className="flex h-7 shrink-0 items-center justify-center gap-2 border-b border-warn/30 bg-[#241b0c] px-3 text-center text-warn">
      <StatusSymbol kind="warn" className="size-2.5" />
      Connection to the server lost. Pictures go on. Reconnecting.
    </output>
  );
}
