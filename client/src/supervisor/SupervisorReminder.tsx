import { Link } from '@tanstack/react-router';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { othersWaiting, unjustified } from '../state/supervisorInbox.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { inboxCountWords } from './inboxWords.ts';

/** On the wall: what waits on the supervisor's page, with the way to it. */
export function SupervisorReminder() {
  const workspace = useWorkspace();
  const nowMs = useServerNowMs();
  const approvals = othersWaiting(useStore(workspace.grantRequests), workspace.me.user.id).length;
  const { overdue } = unjustified(useStore(workspace.breakGlass), workspace.me.user.id, nowMs);
  if (!workspace.can('grant.approve') || approvals + overdue === 0) return null;
  const words = inboxCountWords(approvals, overdue);
  return (
    <Link
      to="/supervisor"
      title={words}
      className="figures inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-text no-underline inset-ring inset-ring-line-strong hover:bg-surface-3"
    >
      <StatusSymbol kind={overdue > 0 ? 'stale' : 'warn'} />
      <span className="max-md:sr-only">{words}</span>
      <span className="md:hidden" aria-hidden>
        {approvals + overdue}
      </span>
    </Link>
  );
}
