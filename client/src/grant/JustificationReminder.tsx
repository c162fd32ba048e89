import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkspace } from '../app/WorkspaceContext.ts';
import { useServerNowMs } from '../incident/ticking.ts';
import { dueOf, isOverdue } from '../state/breakGlass.ts';
import { StatusSymbol } from '../ui/StatusSymbol.tsx';
import { dueCountWords } from './dueWords.ts';

const JustificationDialog = lazy(async () => ({
  default: (await import('./JustificationDialog.tsx')).JustificationDialog,
}));

/** Stands in the header until every use of break-glass is justified. */
export function JustificationReminder() {
  const { breakGlass, me } = useWorkspace();
  const nowMs = useServerNowMs();
  const due = dueOf(useStore(breakGlass), me.user.id);
  const [isOpen, setIsOpen] = useState(false);
  if (due.length === 0) return null;
  const overdue = due.filter((use) => isOverdue(use, nowMs)).length;
  const words = dueCountWords(due.length, overdue);
  return (
    <>
      <button
        type="button"
        title={words}
        onClick={() => setIsOpen(true)}
        className="figures inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap text-text inset-ring inset-ring-line-strong hover:bg-surface-3"
      >
        <StatusSymbol kind={overdue > 0 ? 'stale' : 'warn'} />
        <span className="max-md:sr-only">{words}</span>
        <span className="md:hidden" aria-hidden>
          {due.length}
        </span>
      </button>
      {isOpen ? (
        <Suspense>
          <JustificationDialog uses={due} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
