import { type ReactNode, useId } from 'react';

export interface PanelSectionProps {
  title: string;
  count?: number;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of the incident's panel: a small heading, what can be done, and the rest. */
export function PanelSection({ title, count, action, className, children }: PanelSectionProps) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId} className={className ?? 'pb-2'}>
      <div className="flex min-h-9 items-center gap-2 px-3">
        <h3 id={headingId} className="m-0 text-2xs font-semibold tracking-wide text-muted uppercase">
          {title}
        </h3>
        {count === undefined ? null : <span className="figures text-xs text-muted">{count}</span>}
        <span className="grow" />
        {action}
      </div>
      {children}
    </section>
  );
}
