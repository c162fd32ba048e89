import type { ReactNode } from 'react';
import { classes } from '../ui/classes.ts';

export interface InboxSectionProps {
  id: string;
  title: string;
  /** How many wait, in words. */
  summary: string;
  /** What stands there when nothing waits. */
  empty: ReactNode;
  isEmpty: boolean;
  className?: string;
  children: ReactNode;
}

/** One list of what waits for a supervisor. */
export function InboxSection({ id, title, summary, empty, isEmpty, className, children }: InboxSectionProps) {
  return (
    <section aria-labelledby={id} className={classes('flex min-h-0 flex-col', className)}>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 id={id} className="m-0 text-sm font-semibold">
          {title}
        </h2>
        <span className="grow" />
        <output className="figures text-xs text-muted">{summary}</output>
      </div>
      {isEmpty ? empty : <ul className="m-0 min-h-0 grow list-none overflow-y-auto p-0">{children}</ul>}
    </section>
  );
}

export interface InboxRowProps {
  name: string;
  /** On the right of the name: a time. */
  aside: ReactNode;
  /** Camera and incident. */
  subject: string;
  /** Why it is here, with its symbol. */
  reason: ReactNode;
  note?: string | undefined;
  onOpen: () => void;
  /** For tests and for whoever looks for the cause of something. */
  mark: Readonly<Record<`data-${string}`, string>>;
}

export function InboxRow({ name, aside, subject, reason, note, onOpen, mark }: InboxRowProps) {
  return (
    <li className="border-b border-line">
      <button
        type="button"
        {...mark}
        onClick={onOpen}
        className="flex w-full flex-col gap-0.5 px-3 py-2 text-left hover:bg-surface-2 focus-visible:-outline-offset-2"
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="grow" />
          <span className="figures shrink-0 text-xs text-muted">{aside}</span>
        </span>
        <span className="figures truncate text-xs text-muted">{subject}</span>
        <span className="flex items-center gap-1.5 text-xs">
          {reason}
          <span className="grow" />
          <span className="shrink-0 text-muted">{note}</span>
        </span>
      </button>
    </li>
  );
}
