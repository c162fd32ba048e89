import type { BreakGlass } from '@commonsight/types/grant-request';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { dueWords } from '../grant/dueWords.ts';
import { usePurposeName } from '../grant/usePurposeName.ts';
import { formatExactTime, formatTimeOfDay } from '../incident/format.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { breakGlassInbox, isOverdue, isStillRunning } from '../state/breakGlass.ts';
import { unjustified } from '../state/supervisorInbox.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { BreakGlassDialog } from './BreakGlassDialog.tsx';
import { InboxRow, InboxSection } from './InboxSection.tsx';

/** Who looked without an approval: what is not justified yet first. */
export function BreakGlassInbox() {
  const { breakGlass, me } = useWorkspace();
  const state = useStore(breakGlass);
  const nowMs = useServerNowMs();
  const purposeName = usePurposeName();
  const [openId, setOpenId] = useState<string | null>(null);
  const uses = breakGlassInbox(state);
  const { open: openCount, overdue } = unjustified(state, me.user.id, nowMs);
  const open = openId === null ? undefined : state.byId.get(openId);
  return (
    <>
      <InboxSection
        id="break-glass"
        title="Break-glass"
        summary={state.isLoaded ? `${openCount} open, ${overdue} overdue` : ''}
        isEmpty={uses.length === 0}
        empty={
          <p className="m-0 border-b border-line px-3 py-3 text-muted">
            {state.isLoaded ? 'Nobody has broken the glass.' : 'Reading uses…'}
          </p>
        }
        className="max-h-[32%] shrink-0 max-md:max-h-none"
      >
        {uses.map((use) => (
          <InboxRow
            key={use.id}
            mark={{ 'data-break-glass': use.id }}
            onOpen={() => setOpenId(use.id)}
            name={use.user.name}
            aside={
              <time dateTime={use.startedAt} title={formatExactTime(use.startedAt)}>
                {formatTimeOfDay(use.startedAt)}
              </time>
            }
            subject={`${purposeName(use.purpose)}, #${use.incidentNumber} ${use.incidentTitle}`}
            reason={
              <>
                <StatusSymbol kind={symbolOf(use, nowMs)} />
                <span className="figures min-w-0 truncate">{capitalised(dueWords(use, nowMs))}</span>
              </>
            }
            note={use.user.id === me.user.id ? 'your own' : isStillRunning(use, nowMs) ? 'still runs' : undefined}
          />
        ))}
      </InboxSection>
      {open === undefined ? null : <BreakGlassDialog key={open.id} use={open} onClose={() => setOpenId(null)} />}
    </>
  );
}

function symbolOf(use: BreakGlass, nowMs: number): 'stale' | 'warn' | 'off' {
  if (isOverdue(use, nowMs)) return 'stale';
  return use.state === 'open' ? 'warn' : 'off';
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
