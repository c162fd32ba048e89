import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { followSessionBoard } from '../state/sessionBoard.ts';
import { SessionBoard } from './sessions/SessionBoard.tsx';

/** Two ways to see what goes on now: by viewing and by session. */
export function SupervisorLists({ viewings }: { viewings: ReactNode }) {
  const workspace = useWorkspace();
  const { list = 'viewings' } = useSearch({ from: '/signedIn/supervisor' });
  useEffect(() => followSessionBoard(workspace.sessionBoard, workspace.signaling), [workspace]);
  const running = useStore(workspace.viewings, ({ byId }) =>
    [...byId.values()].reduce((count, { endedAt }) => count + (endedAt === null ? 1 : 0), 0),
  );
  const sessions = useStore(workspace.sessionBoard, ({ byId }) => byId.size);
  return (
    <div className="flex min-h-0 min-w-0 grow flex-col">
      <nav aria-label="Lists" className="flex h-10 shrink-0 items-stretch gap-1 border-b border-line px-2">
        <ListLink list="viewings" label="Viewings" count={running} isCurrent={list === 'viewings'} />
        <ListLink list="sessions" label="Sessions" count={sessions} isCurrent={list === 'sessions'} />
      </nav>
      {list === 'sessions' ? <SessionBoard /> : viewings}
    </div>
  );
}

interface ListLinkProps {
  list: 'viewings' | 'sessions';
  label: string;
  count: number;
  isCurrent: boolean;
}

function ListLink({ list, label, count, isCurrent }: ListLinkProps) {
  return (
    <Link
      to="/supervisor"
      search={list === 'viewings' ? {} : { list }}
      // Without it the list without a search would be current beside every other one.
      activeOptions={{ exact: true }}
      aria-current={isCurrent ? 'page' : undefined}
      className="flex items-center gap-2 border-b-2 border-transparent px-2 font-medium text-muted no-underline hover:text-text focus-visible:-outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:text-text"
    >
      {label}
      <span className="figures text-xs font-normal text-muted">{count}</span>
    </Link>
  );
}
