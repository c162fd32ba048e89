import { MonitorOff } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../../app/WorkspaceContext.ts';
import { usePurposeName } from '../../grant/usePurposeName.ts';
import { useServerNowMs } from '../../incident/ticking.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SessionDialog } from './SessionDialog.tsx';
import { type SessionFilter, sessionRows } from './sessionRows.ts';
import { SessionTable } from './SessionTable.tsx';
import { SessionToolbar } from './SessionToolbar.tsx';

/** Who is signed in, with what on the screen; and the way to write to somebody, or to end it. */
export function SessionBoard() {
  const workspace = useWorkspace();
  const { isLoaded, byId } = useStore(workspace.sessionBoard);
  const nowMs = useServerNowMs();
  const [filter, setFilter] = useState<SessionFilter>({ words: '', onlyWatching: false });
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = sessionRows(byId.values(), filter, usePurposeName());
  const watching = [...byId.values()].filter(({ viewings }) => viewings.length > 0).length;
  return (
    <div className="flex min-h-0 min-w-0 grow flex-col">
      <SessionToolbar watching={watching} filter={filter} onFilter={setFilter} />
      {rows.length > 0 ? (
        <SessionTable rows={rows} nowMs={nowMs} ownSessionId={workspace.me.session.id} onOpen={setOpenId} />
      ) : isLoaded ? (
        <EmptyState icon={<MonitorOff />} title="No session matches">
          Change the filter to see the others.
        </EmptyState>
      ) : (
        <EmptyState title="Reading sessions…" />
      )}
      {openId === null ? null : (
        <SessionDialog key={openId} session={byId.get(openId)} nowMs={nowMs} onClose={() => setOpenId(null)} />
      )}
    </div>
  );
}
