import type { User } from '@commonsight/types/user';
import { EyeOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { ConnectionWords } from '../app/ConnectionWords.tsx';
import { OfficePage } from '../app/OfficePage.tsx';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { flagsOf } from '../state/reviews.ts';
import { EndViewingDialog } from './EndViewingDialog.tsx';
import { SupervisorLists } from './SupervisorLists.tsx';
import { SuspendUserDialog } from './SuspendUserDialog.tsx';
import { SupervisorInbox } from './SupervisorInbox.tsx';
import { SupervisorToolbar } from './SupervisorToolbar.tsx';
import { summarise, type ViewingFilter, viewingRows } from './viewingRows.ts';
import { ViewingTable } from './ViewingTable.tsx';

/** Who watches what, and why, as it happens; and the way to end it. */
export function SupervisorPage() {
  const workspace = useWorkspace();
  const isAllowed = workspace.can('viewing.supervise');
  useEffect(() => {
    if (isAllowed) void workspace.supervise();
  }, [workspace, isAllowed]);
  return (
    <OfficePage
      title="Supervisor"
      permission="viewing.supervise"
      isFor="supervisors"
      purpose="It shows who is watching which camera."
      headerEnd={<ConnectionWords />}
      layout="max-md:flex-col"
    >
      <SupervisorInbox />
      <SupervisorLists viewings={<Viewings />} />
    </OfficePage>
  );
}

function Viewings() {
  const workspace = useWorkspace();
  const { isLoaded, byId } = useStore(workspace.viewings);
  const reviews = useStore(workspace.reviews);
  const nowMs = useServerNowMs();
  const [filter, setFilter] = useState<ViewingFilter>({ words: '', onlyNotFlowing: false, onlyFlagged: false });
  const [endingId, setEndingId] = useState<string | null>(null);
  const [suspending, setSuspending] = useState<User | null>(null);
  const isFlagged = ({ id }: { id: string }): boolean => flagsOf(reviews, id).length > 0;
  const rows = viewingRows(byId.values(), filter, nowMs, isFlagged, usePurposeName());
  const flagged = [...byId.values()].filter((viewing) => viewing.endedAt === null && isFlagged(viewing)).length;
  const ending = endingId === null ? undefined : byId.get(endingId);
  return (
    <div className="flex min-h-0 min-w-0 grow flex-col">
      <SupervisorToolbar
        summary={summarise(byId.values())}
        flagged={flagged}
        isLoaded={isLoaded}
        filter={filter}
        onFilter={setFilter}
      />
      {rows.length > 0 ? (
        <ViewingTable
          rows={rows}
          flagsOf={(id) => flagsOf(reviews, id)}
          nowMs={nowMs}
          canEnd={workspace.can('viewing.end')}
          onEnd={setEndingId}
          canSuspend={(user) => workspace.can('user.suspend') && user.id !== workspace.me.user.id}
          onSuspend={setSuspending}
        />
      ) : (
        <NothingToShow
          isLoaded={isLoaded}
          isFiltered={filter.words.trim() !== '' || filter.onlyNotFlowing || filter.onlyFlagged}
        />
      )}
      {ending === undefined ? null : (
        <EndViewingDialog key={ending.id} viewing={ending} onClose={() => setEndingId(null)} />
      )}
      {suspending === null ? null : <SuspendUserDialog user={suspending} onClose={() => setSuspending(null)} />}
    </div>
  );
}

function NothingToShow({ isLoaded, isFiltered }: { isLoaded: boolean; isFiltered: boolean }) {
  if (!isLoaded) return <EmptyState title="Reading viewings…" />;
  if (isFiltered) return <EmptyState title="No viewing matches">Change the filter to see the others.</EmptyState>;
  return (
    <EmptyState icon={<EyeOff />} title="Nobody is watching.">
      A line appears here in the moment a camera is opened.
    </EmptyState>
  );
}
