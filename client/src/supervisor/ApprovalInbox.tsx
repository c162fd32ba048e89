import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatCount, formatLeft } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { waitingRequests } from '../state/grantRequests.ts';
import { othersWaiting } from '../state/supervisorInbox.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { DecisionDialog } from './DecisionDialog.tsx';
import { InboxRow, InboxSection } from './InboxSection.tsx';

/** Who waits for an approval. One's own stand there too, for somebody else to decide. */
export function ApprovalInbox() {
  const { grantRequests, me } = useWorkspace();
  const state = useStore(grantRequests);
  const nowMs = useServerNowMs();
  const purposeName = usePurposeName();
  const [openId, setOpenId] = useState<string | null>(null);
  const waiting = waitingRequests(state);
  const count = othersWaiting(state, me.user.id).length;
  const open = openId === null ? undefined : state.byId.get(openId);
  return (
    <>
      <InboxSection
        id="approvals"
        title="Approvals"
        summary={state.isLoaded ? `${count} ${count === 1 ? 'waits' : 'wait'}` : ''}
        isEmpty={waiting.length === 0}
        empty={
          <p className="m-0 border-b border-line px-3 py-3 text-muted">
            {state.isLoaded ? 'Nobody waits for an approval.' : 'Reading requests…'}
          </p>
        }
        className="max-h-[40%] shrink-0 max-md:max-h-none"
      >
        {waiting.map((request) => (
          <InboxRow
            key={request.id}
            mark={{ 'data-request': request.id }}
            onOpen={() => setOpenId(request.id)}
            name={request.user.name}
            aside={`${formatLeft(Date.parse(request.expiresAt) - nowMs)} left`}
            subject={`#${request.incidentNumber} ${request.incidentTitle}`}
            reason={
              <>
                <StatusSymbol kind="warn" />
                <span className="min-w-0 truncate">
                  {purposeName(request.purpose)}, {formatCount(request.cameraIds.length, 'camera')}
                </span>
              </>
            }
            note={request.user.id === me.user.id ? 'your own' : undefined}
          />
        ))}
      </InboxSection>
      {open === undefined ? null : <DecisionDialog key={open.id} request={open} onClose={() => setOpenId(null)} />}
    </>
  );
}
