import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { openReviews } from '../state/reviews.ts';
import { ApprovalInbox } from './ApprovalInbox.tsx';
import { BreakGlassInbox } from './BreakGlassInbox.tsx';
import { ReviewDialog } from './ReviewDialog.tsx';
import { ReviewQueue } from './ReviewQueue.tsx';

/** Everything that waits for a supervisor: approvals, break-glass, reviews. */
export function SupervisorInbox() {
  const workspace = useWorkspace();
  return (
    <aside
      aria-label="Inbox"
      className="flex w-80 shrink-0 flex-col border-r border-line bg-surface-1 max-md:max-h-[45%] max-md:w-full max-md:overflow-y-auto max-md:border-r-0 max-md:border-b"
    >
      {workspace.can('grant.approve') ? (
        <>
          <ApprovalInbox />
          <BreakGlassInbox />
        </>
      ) : null}
      {workspace.can('review.list') ? <Reviews /> : null}
    </aside>
  );
}

function Reviews() {
  const { reviews, me } = useWorkspace();
  const state = useStore(reviews);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = openId === null ? undefined : state.byViewing.get(openId);
  return (
    <>
      <ReviewQueue
        reviews={openReviews(state)}
        unread={state.unread}
        isLoaded={state.isLoaded}
        ownUserId={me.user.id}
        onOpen={setOpenId}
      />
      {open === undefined ? null : <ReviewDialog key={openId} review={open} onClose={() => setOpenId(null)} />}
    </>
  );
}
