import { useStore } from 'zustand';
import { formatElapsed } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { useWorkspace } from './WorkspaceContext.ts';

/** A list that does not move may be old; then it says so. */
export function ConnectionWords() {
  const { connection, clock } = useWorkspace();
  const state = useStore(connection);
  const nowMs = useServerNowMs();
  if (state.state === 'connected') return null;
  return (
    <output className="figures inline-flex items-center gap-1.5 text-warn">
      <StatusSymbol kind={state.state === 'lost' ? 'stale' : 'waiting'} />
      {state.state === 'lost'
        ? `No connection for ${formatElapsed(nowMs - clock.offsetMs - state.sinceMs)}. The list may be old.`
        : 'Connecting'}
    </output>
  );
}
