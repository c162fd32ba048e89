import { type ReactNode, useId } from 'react';

export interface SectionProps {
  title: string;
  /** What it is for, in one sentence. */
  description?: ReactNode;
  /** The one button of the section. */
  action?: ReactNode;
  children?: ReactNode;
}

/** A part of a page that is read from top to bottom, on a panel of its own. */
export function Section({ title, description, action, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-lg bg-surface-1 p-5 inset-ring inset-ring-line max-sm:p-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h2 id={id} className="m-0 text-lg font-semibold wrap-anywhere">
            {title}
          </h2>
          {description === undefined ? null : <p className="m-0 mt-1 text-muted">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
