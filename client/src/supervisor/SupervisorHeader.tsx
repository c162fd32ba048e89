import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { formatElapsed } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { Logo } from '../ui/Logo.tsx';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { roleNames } from '../ui/words.ts';

export function SupervisorHeader() {
  const { me } = useWorkspace();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-surface-1 px-3">
      <Logo className="size-5" />
      <h1 className="m-0 text-base font-semibold">Supervisor</h1>
      <Link
        to="/"
        className="inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-muted no-underline hover:bg-surface-3 hover:text-text"
      >
        <ArrowLeft className="size-4" aria-hidden />
        To the wall
      </Link>
      <span className="grow" />
      <ConnectionWords />
      <span className="min-w-0 truncate text-muted max-md:hidden">
        {me.user.name}
        <span className="text-subtle"> · {roleNames[me.user.role]}</span>
      </span>
    </header>
  );
}

/** A list that does not move may be old; then it says so. */
function ConnectionWords() {
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
